import type { DemoConversation } from '../conversation.ts'

export const emma: DemoConversation = {
  members: ['jimin', 'emma'],
  unread: { emma: 1 },
  script: `
    @ -3 19:02
    emma: 지민! 질문 있어요
    jimin: 네 에마 선생님
    emma: What is the difference between 맛있겠다 and 맛있다?
    jimin: 맛있겠다 = it looks like it will taste good. 아직 안 먹었어요
    jimin: 맛있다 = I'm eating and it's good
    emma: So yesterday I told my landlady 맛있겠다 after finishing the whole plate
    jimin: ㅋㅋㅋㅋㅋㅋ 그래서요?
    emma: She gave me another plate
    jimin: 완벽한 실수네요. 앞으로도 그렇게 하세요
    emma: I will. Language learning is delicious
    @ -2 10:20
    emma: Good luck with the slides! Do you want me to read the English summary?
    jimin: 정말요? 한 페이지인데 부탁해도 돼요?
    emma: Of course. You fix my 은/는, I fix your a/the. Fair trade
    jimin: "We listened to eleven people over the age of sixty who had given up on our app."
    emma: That is a strong first sentence. Don't touch it
    jimin: "The most of them said that buttons is moving."
    emma: "Most of them said the buttons moved." Shorter and scarier
    jimin: 무섭다니 ㅋㅋ 좋은 거죠?
    emma: 아주 좋은 거예요
    @ -1 17:05
    jimin: Presentation done! Your sentence got a laugh and then silence. The good kind
    emma: I'm so proud!! 축하해요 🎉
    emma: 그런데 "수고하셨습니다" 맞아요? 아니면 "고생했어요"?
    jimin: 친구한테는 "고생했어"가 제일 따뜻해요
    emma: 고생했어, 지민아
    jimin: 와 반말! 이제 우리 진짜 친구다
    emma: I practiced for ten minutes before pressing send
    @ 95m
    emma: Are you coming to the study group this week? Daniel says he'll bring kimbap
    jimin: 당연하지. 다니엘 김밥은 못 참지
    emma: 못 참지 = cannot endure?
    jimin: Yes, but here it means "I can't resist it"
    emma: I am writing this down. 다니엘 김밥은 못 참지
    jimin: 이제 그 문장으로 시험 봐도 되겠다 😄
    @ 33m
    emma: Also, people are being strangely quiet about next week. 이상해요
    jimin: 글쎄… 나는 아무것도 몰라요
    emma: 당신은 거짓말을 못해요 ㅎㅎ
    jimin: 다음 주까지만 못 본 척해 줘
  `,
}
