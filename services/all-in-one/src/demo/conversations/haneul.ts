import type { DemoConversation } from '../conversation.ts'

export const haneul: DemoConversation = {
  members: ['jimin', 'haneul'],
  unread: { jimin: 3 },
  script: `
    @ -3 12:33
    haneul: 점심 뭐 먹음
    jimin: 회사 앞 칼국수
    haneul: 나도 칼국수 먹고 싶다. 나는 샐러드
    jimin: 갑자기 왜 샐러드
    haneul: 어제 밤 열한 시에 라면 먹어서 반성 중
    jimin: 그래서 맛있었어?
    haneul: 파 송송 계란 탁. 후회는 없다
    jimin: 그럼 됐지 ㅋㅋㅋ
    haneul: 근데 너 케이크 집 찾는다며
    jimin: 응 할머니 팔순. 너 전에 말한 고구마 케이크 어디였지?
    haneul: 연남동 골목 안쪽. 이름이 '두 번째 서랍'이야
    haneul: 일주일 전에는 예약해야 돼
    jimin: 오늘 전화해야겠다. 고마워
    haneul: 초는 숫자 초로 해. 긴 초 여덟 개 꽂으면 케이크가 고슴도치 돼
    jimin: 아 상상했어
    @ -3 22:48
    jimin: 하늘아
    jimin: 나 모레 발표인데 아직 첫 장 제목을 못 정했어
    haneul: 첫 장은 원래 마지막에 쓰는 거야
    jimin: 그런 법이 어딨어
    haneul: 내가 정했어. 논문도 초록을 맨 나중에 쓰잖아
    jimin: 오 설득됨
    haneul: 내용은 다 됐어?
    jimin: 80%. 사용자 인터뷰 부분이 좀 약해
    haneul: 그분들 말 그대로 한 줄씩 넣어. 그게 제일 세
    jimin: '버튼이 나를 피하는 것 같아요' 이런 거?
    haneul: 그거 제목이다
    jimin: 헐
    haneul: 방금 네 첫 장 나왔어. 자라
    jimin: 너 천재야? 잘 자
    @ -2 15:02
    haneul: 커피 마감 시간 다가온다
    jimin: 세 시 넘었는데
    haneul: 2분은 봐준다
    jimin: 상태 메시지부터 고치고 마셔
    haneul: 규칙은 남에게 엄격하고 나에게 너그러운 거야
    @ -2 23:11
    haneul: 리허설 했어?
    jimin: 거울 보고 두 번. 14분 나왔어
    haneul: 몇 분짜린데
    jimin: 15분
    haneul: 완벽하네. 물 한 컵 옆에 두고, 처음 30초만 천천히
    jimin: 응. 고마워 진짜로
    @ -1 09:03
    haneul: 오늘 그날이다
    haneul: 떨리면 나 상상해. 나 지금 지각해서 뛰는 중
    jimin: ㅋㅋㅋㅋㅋㅋㅋ 덕분에 웃었다
    @ -1 16:41
    jimin: 끝났다!!!!!
    jimin: 대표님이 제목 보고 웃으셨어
    haneul: 버튼이 나를 피하는 것 같아요
    jimin: 응 그거. 그다음부터 다들 편하게 들어 주더라
    haneul: 지민이 최고다. 오늘 내가 쏜다
    jimin: 진짜? 그럼 나 그때 그 파스타
    haneul: 일곱 시 합정 8번 출구
    jimin: 콜
    @ -1 21:55
    jimin: 잘 들어갔어?
    haneul: 방금. 배불러서 앉지도 못하고 서 있어
    jimin: 티라미수는 네가 시키자고 했다
    haneul: 그건 나의 가장 훌륭한 결정 중 하나였어
    jimin: 인정. 오늘 고마웠어. 잘 자 🌙
    @ 47m
    haneul: 에마 생일 선물 뭐로 할지 생각해 봤어?
    jimin: 한글 도장 어때? 이름 '에마'로 새긴 거
    haneul: 와 그거 좋다. 책에 찍을 수도 있고
    jimin: 인사동에 직접 새겨 주는 할아버지 계신대
    @ 16m
    haneul: 찾아봤는데 거기 내일도 여신대!
    haneul: 점심때 잠깐 들를까? 나 반차 쓸 수 있어
    haneul: 그리고 할아버지께 고양이 그림도 되는지 여쭤보자 🐱
  `,
}
