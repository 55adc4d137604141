import type { DemoConversation } from '../conversation.ts'

export const hikingClub: DemoConversation = {
  members: ['seojun', 'jimin', 'haneul', 'daniel', 'emma', 'minjae'],
  name: '느린걸음 산악회 ⛰️',
  unread: { jimin: 12, haneul: 3, emma: 11, daniel: 5, minjae: 1 },
  script: `
    @ -3 18:30
    seojun: 이번 주 산행 공지합니다
    | 코스: 북한산 우이령길 (약 7km, 경사 완만)
    | 모임: 토요일 오전 8시 30분, 우이역 2번 출구
    | 준비물: 물 1리터, 간식, 얇은 겉옷
    seojun: 빨리 가는 사람은 없습니다. 우리는 느린걸음이니까요
    haneul: 저 참석이요 🙋
    daniel: Count me in. I'll bring mandarins
    emma: 저도 갈게요! Is it the trail with the five peaks view?
    seojun: 네 맞아요, 오봉 전망대 지나갑니다
    jimin: 저 갑니다. 지난번처럼 김밥은 정상에서
    minjae: 저는 아침에 일이 있어서 전망대에서 합류해도 될까요?
    seojun: 물론이죠. 열 시 반쯤 거기 있을 거예요
    minjae: 감사합니다. 커피 보온병에 담아 갈게요
    haneul: 민재님 커피… 이 모임의 진짜 정상
    @ -2 07:55
    seojun: 예보 다시 봤는데 토요일 맑음, 바람 약함입니다
    emma: 🙌
    daniel: Do we need a reservation for this one?
    seojun: 네 우이령길은 예약제라 제가 여섯 명 해 뒀어요. 신분증 꼭 챙기세요
    daniel: You are the best, captain
    jimin: 대장님 최고
    @ -2 19:40
    haneul: 저 등산화 밑창이 벌어졌는데 순간접착제로 될까요
    seojun: 안 됩니다
    haneul: 테이프는요
    seojun: 더 안 됩니다
    jimin: 나 집에 예전 거 하나 있어. 240인데 맞아?
    haneul: 지민아 너는 산신령이야?
    jimin: 금 등산화가 네 것이냐
    haneul: 아니요 낡은 테이프 등산화가 제 것입니다
    daniel: What is happening
    emma: Korean folktale about an honest woodcutter. I read it last week!
    seojun: 에마님 이제 저보다 잘 아시네요
    @ -1 12:10
    minjae: 혹시 스틱 여분 있으신 분? 제 건 하나가 안 잠겨요
    seojun: 제가 두 벌 가져갈게요
    minjae: 감사합니다!
    emma: I made a small list for beginners. Please check my Korean:
    | 1. 오르막에서는 보폭을 작게
    | 2. 목마르기 전에 물 마시기
    | 3. 쓰레기는 다시 가방에
    seojun: 고칠 데가 하나도 없어요
    jimin: 3번에 마음까지 따뜻해짐
    @ 88m
    seojun: 내일 아니고 이번 토요일인 거 다들 아시죠? 작년에 누가 하루 일찍 왔어서요
    haneul: 그거 저잖아요
    daniel: She sent us a photo from the empty station
    haneul: 덕분에 일출 봤어요. 후회 없음
    jimin: 하늘이는 뭐든 후회가 없어 ㅋㅋㅋ
    @ 44m
    emma: What snacks should I bring? 오이? 초콜릿?
    seojun: 오이 최고입니다. 산에서 먹는 오이는 다른 채소예요
    minjae: 동의합니다
    daniel: I will never understand the cucumber thing, but I respect it
    haneul: 토요일에 한 입만 드셔 보세요. 인생이 바뀝니다
    seojun: 김밥은 지민님, 귤은 다니엘님, 오이는 에마님, 커피는 민재님
    haneul: 저는 웃음을 맡을게요
    seojun: 하늘님은 약과 부탁드립니다
    haneul: 넵
    @ 9m
    seojun: 예약 확인 문자 왔습니다. 여섯 명 모두 완료!
    minjae: 👍
    seojun: 그럼 토요일 여덟 시 반에 봬요. 천천히, 다 같이
  `,
}
