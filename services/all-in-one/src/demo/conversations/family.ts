import type { DemoConversation } from '../conversation.ts'

export const family: DemoConversation = {
  members: ['eunyoung', 'sangho', 'jimin', 'doyun'],
  name: '우리집 🏡',
  pinnedBy: ['jimin', 'eunyoung'],
  unread: { jimin: 4, sangho: 2 },
  script: `
    @ -3 08:10
    eunyoung: 다들 잘 잤어? 아침은 챙겨 먹었고?
    jimin: 저는 바나나 하나 먹고 나왔어요
    eunyoung: 바나나가 무슨 밥이니
    sangho: 나는 국에 밥 말아서 한 그릇 뚝딱
    eunyoung: 당신 건 내가 차려 줬으니까 그렇지 ㅎㅎ
    doyun: 저 삼각김밥이요
    eunyoung: 집에 반찬 가지러 좀 와라. 멸치볶음이랑 장조림 해 놨다
    jimin: 장조림!!! 이번 주말에 갈게요
    @ -3 20:31
    sangho: 다다음 주 일요일이 할머니 팔순이다. 시간 비워 둬라
    jimin: 벌써 팔순이시구나
    doyun: 저 그때 시험 끝나요. 갈 수 있어요
    eunyoung: 식당은 엄마가 알아볼게. 할머니가 중국집 좋아하시잖아
    jimin: 룸 있는 데로요? 애들도 오니까 조용한 방이 좋을 것 같아요
    eunyoung: 응 이모네까지 하면 열네 명이야
    sangho: 케이크는 지민이가 맡아라
    jimin: 네! 하늘이가 아는 집 있어요. 고구마 케이크 잘하는 곳
    sangho: 좋다
    doyun: 그럼 저는 사진 찍을게요
    eunyoung: 우리 아들 사진 잘 찍지
    doyun: 발로 찍어도 엄마는 예쁘게 나와요
    eunyoung: 얘가 용돈이 필요한가
    doyun: 들켰네
    @ -2 12:15
    sangho: 오늘 베란다 상추 첫 수확했다
    sangho: 한 소쿠리 가득이야
    jimin: 우와 아빠 농부 다 됐네
    eunyoung: 이 사람 상추 보고 십 분을 웃었어
    sangho: 내가 키운 건데 당연하지
    doyun: 주말에 고기 굽나요
    sangho: 상추가 있는데 고기가 없으면 예의가 아니지
    jimin: 저 고기 사 갈게요. 삼겹살 목살 반반?
    eunyoung: 목살 많이. 아빠 콜레스테롤 생각해야지
    sangho: 삼겹살도 조금은 괜찮다고 의사가 그랬다
    eunyoung: 언제 그랬어
    sangho: 마음속으로
    jimin: ㅋㅋㅋㅋㅋㅋ
    @ -1 18:40
    eunyoung: 지민아 너 방에 있던 파란 담요 빨아 놨다
    jimin: 엄마 고마워요. 그거 찾고 있었는데
    eunyoung: 침대 밑에 있더라. 양말 네 짝이랑 같이
    doyun: 네 켤레가 아니라 네 짝 ㅋㅋ
    jimin: 다 다른 짝이라는 게 더 무서운 거 알지
    sangho: 집에 양말 먹는 귀신이 산다
    @ 74m
    eunyoung: 할머니 팔순 식당 예약했다. 열두 시, 큰방
    eunyoung: 역 3번 출구에서 걸어서 5분이래
    | 주차는 건물 뒤쪽
    jimin: 최고! 케이크는 열한 시 반에 찾을게요
    doyun: 저는 삼각대 챙길게요
    sangho: 할머니께는 비밀이다. 평소처럼 밥 먹자고만 해 뒀어
    eunyoung: 당신이 제일 불안해 ㅎㅎ
    @ 21m
    eunyoung: 참 지민아 주말에 올 때 참기름 한 병만
    sangho: 깨도
    eunyoung: 그리고 조심해서 와. 서두르지 말고
    doyun: 누나 나는 초코우유
  `,
}

export const mother: DemoConversation = {
  members: ['jimin', 'eunyoung'],
  unread: { jimin: 2 },
  script: `
    @ -3 21:50
    eunyoung: 딸 자니?
    jimin: 아직요 엄마
    eunyoung: 팔순 때 할머니 한복 해 드릴까 생각 중인데 어떠니
    jimin: 너무 좋죠. 할머니 연보라 잘 어울리시잖아요
    eunyoung: 그치? 나도 연보라 생각했어
    jimin: 저랑 도윤이가 반 보탤게요
    eunyoung: 마음만 받을게
    jimin: 마음은 원래 드렸고 돈도 받으세요 ㅎㅎ
    eunyoung: 아이고 우리 딸
    @ -2 22:05
    eunyoung: 회사는 요즘 어때. 아직도 늦게 끝나?
    jimin: 이번 주만 지나면 좀 나아져요. 발표가 있어서
    eunyoung: 밥은 거르지 말고
    jimin: 네. 오늘은 팀장님이 국밥 사 주셨어요
    eunyoung: 고마운 분이네. 국밥이면 됐다
    @ -1 07:45
    eunyoung: 오늘 발표지? 떨지 말고 천천히 해
    jimin: 엄마 기억하고 있었네
    eunyoung: 달력에 동그라미 쳐 놨지
    @ -1 17:20
    jimin: 엄마 발표 잘 끝났어요!!
    eunyoung: 그럴 줄 알았다. 장하다 우리 딸
    eunyoung: 아빠한테 전화했더니 아빠가 더 좋아하신다
    jimin: ㅋㅋㅋ 저녁에 전화할게요
    @ 58m
    eunyoung: 한복집 다녀왔어. 연보라에 흰 동정으로 정했다
    eunyoung: 보면 깜짝 놀랄 거야. 정말 곱더라
  `,
}
