import type { DemoConversation } from '../conversation.ts'

export const studyGroup: DemoConversation = {
  members: ['daniel', 'emma', 'jimin', 'haneul', 'seojun'],
  name: '수요 언어교환 Study ☕📚',
  unread: { jimin: 6, seojun: 7, emma: 1 },
  script: `
    @ -3 13:20
    daniel: Hi all! This week's topic: "a small thing that made you happy". 5 minutes each, half Korean half English
    emma: 좋아요! 저는 이미 정했어요
    haneul: 작은 것… 어제 꽈배기 아저씨가 하나 더 주신 거?
    daniel: That is exactly the size of thing I mean
    seojun: 저는 이번에 영어로 먼저 해 볼게요. 틀려도 웃지 않기
    emma: We never laugh. We only smile loudly
    seojun: smile loudly ㅋㅋㅋ 좋은 표현이네요
    jimin: 장소는 지난번 그 카페?
    daniel: Yes, second floor. I booked the big table for 7
    @ -3 21:15
    emma: Question of the day: "눈치" in English?
    daniel: Reading the room
    jimin: 조금 비슷한데 눈치는 더 조용한 느낌
    haneul: 말 안 해도 아는 거
    emma: "Hearing what is not said"
    jimin: 와 그거다
    seojun: 저장했습니다
    @ -2 09:30
    daniel: And mine: how do you say "I'm full but I want to try yours"
    haneul: 한 입만!
    daniel: That's it? Two words?
    haneul: 두 글자 반이면 세상 모든 음식을 먹을 수 있어요
    emma: 한 입만. Most powerful phrase in Korean
    jimin: 사용 후 포크 압수 주의
    @ -2 20:02
    seojun: 오늘 회사에서 "Could you walk me through it?" 들었는데 처음엔 같이 걷자는 줄
    daniel: Did you stand up?
    seojun: 반쯤 일어났어요
    emma: 서준 씨 사랑스러워요
    haneul: 그래서 걸었어요?
    seojun: 다행히 상대가 파일을 열었습니다
    jimin: ㅋㅋㅋㅋㅋㅋ 산악회 대장의 직업병
    @ -1 11:48
    daniel: Homework check! Did everyone read the short story?
    jimin: 네. 마지막 장면에서 조금 울었어요
    emma: Me too. "The door was open the whole time."
    haneul: 스포일러!!
    emma: Oh no. 미안해요 미안해요
    haneul: 농담이에요 ㅋㅋ 저도 다 읽었어요
    seojun: 저는 아직 두 쪽 남았습니다. 눈 감고 스크롤할게요
    daniel: Then no more hints. Wednesday we talk about the door
    @ 66m
    daniel: Quick reminder that I'm bringing kimbap. Tuna or 소고기?
    emma: Tuna!
    jimin: 저는 소고기요
    haneul: 반반이 진리
    seojun: 저는 아무거나 잘 먹습니다. 다만 오이는 빼지 말아 주세요
    daniel: The cucumber man strikes again
    @ 27m
    emma: I wrote my five minutes in Korean. Can somebody check one sentence?
    emma: "비 오는 날, 모르는 할머니가 우산을 같이 씌워 주셨어요."
    haneul: 완벽해요. 그리고 그 할머니도 완벽해요
    daniel: That's a lovely one, Emma
    emma: She said "감기 들라". I looked it up and cried a little on the bus
    haneul: 저 지금 회사인데 울면 안 되는데요 🥹
  `,
}
