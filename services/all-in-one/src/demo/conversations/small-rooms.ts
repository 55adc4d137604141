import type { DemoConversation } from '../conversation.ts'

/** Planning a birthday behind Emma's back; the room has no name of its own. */
export const birthday: DemoConversation = {
  members: ['haneul', 'jimin', 'seojun'],
  unread: { jimin: 5 },
  script: `
    @ -2 21:10
    haneul: 이 방은 에마 생일 비밀 작전방입니다
    seojun: 암호가 필요한가요
    haneul: 암호는 미역국
    jimin: 미역국 입장했습니다 🍲
    haneul: 다음 주 수요일 스터디 끝나고, 카페 사장님이 30분 더 열어 주신대요
    seojun: 사장님 좋은 분이시네요. 케이크는요?
    jimin: '두 번째 서랍'에서 할머니 케이크랑 같이 예약할게. 초는 몇 개?
    haneul: 나이는 묻지 않는 걸로. 하나만 꽂자
    seojun: 다니엘은요?
    haneul: 다니엘은 비밀을 3분 이상 못 지켜요. 당일에 알려 주죠
    jimin: ㅋㅋㅋㅋㅋ 정확하다
    @ 81m
    seojun: 저는 산에서 찍은 사진들로 작은 앨범 만들고 있어요
    haneul: 서준 님 감동이다
    seojun: 표지는 지난봄 진달래 사진으로 했습니다
    haneul: 나중에 완성되면 여기에 살짝 보여 주세요
    seojun: 네 내일 저녁쯤 될 것 같아요
  `,
}

export const seojun: DemoConversation = {
  members: ['jimin', 'seojun'],
  script: `
    @ -2 12:44
    seojun: 지민님 혹시 토요일에 보온병 남는 거 있으세요?
    jimin: 네 500짜리 하나 있어요. 가져갈게요
    seojun: 감사합니다. 제 건 뚜껑을 한라산에 두고 왔어요
    jimin: 뚜껑만요? ㅋㅋㅋ
    seojun: 지금쯤 노루가 쓰고 있을 겁니다
    jimin: 노루 컵 ㅋㅋㅋㅋ
    @ -1 13:02
    seojun: 발표 잘하고 오세요. 오르막은 보폭을 작게!
    jimin: 명언이네요. 정말 작은 걸음으로 하고 왔어요
    seojun: 정상 축하드립니다 ⛰️
  `,
}

export const yuna: DemoConversation = {
  members: ['jimin', 'yuna'],
  unread: { jimin: 1 },
  script: `
    @ -2 18:05
    yuna: 지민 님, 내일 발표 자료 봤어요. 흐름이 참 좋습니다
    yuna: 7쪽 그래프만 색을 조금 더 진하게 하면 뒷자리에서도 보일 것 같아요
    jimin: 앗 그러네요. 바로 고칠게요. 봐 주셔서 감사해요
    yuna: 그리고 오늘은 일찍 들어가세요. 다 준비되어 있어요
    jimin: 네 팀장님 😊
    @ -1 18:12
    yuna: 오늘 고생 많았어요. 내일은 오후에 나와도 됩니다
    jimin: 정말요? 감사합니다!
    @ 38m
    jimin: 팀장님, 인터뷰 정리본 공유 폴더에 올렸습니다
    yuna: 확인했어요. 다음 주에 같이 보고 다음 단계 이야기해요 👍
  `,
}

export const danielAndEmma: DemoConversation = {
  members: ['daniel', 'emma'],
  unread: { daniel: 1 },
  script: `
    @ -1 20:15
    daniel: Do you want to practice before Wednesday? I can do a call tomorrow
    emma: Yes please! 저는 여덟 시 이후에 괜찮아요
    daniel: 여덟 시 반 좋아요
    emma: Your Korean is getting fast
    daniel: I type slowly, you just don't see it
    @ 71m
    emma: By the way, is something going on next Wednesday?
    daniel: I honestly don't know anything, and now I'm worried
    emma: Good. Then at least I'm not the only one
  `,
}

/** Notes to oneself. */
export const notes: DemoConversation = {
  members: ['jimin'],
  script: `
    @ -2 23:40
    jimin: 발표 체크리스트
    | ☑ 7쪽 그래프 색
    | ☑ 물 한 컵
    | ☐ 처음 30초 천천히
    @ -1 22:30
    jimin: 할머니 케이크: 고구마, 숫자 초 80, 다다음 주 일요일 11시 30분 찾기
    jimin: 읽을 글 https://developer.mozilla.org/ko/docs/Web/Accessibility
    @ 19m
    jimin: 장 볼 것: 참기름, 깨, 초코우유, 목살 많이 삼겹살 조금
  `,
}
