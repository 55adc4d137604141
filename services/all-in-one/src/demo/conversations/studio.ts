import type { DemoConversation } from '../conversation.ts'

export const studio: DemoConversation = {
  members: [
    'yuna',
    'jimin',
    'daniel',
    'taeyang',
    'sora',
    'minjae',
    'gayoung',
    'jaehyun',
    'hyerin',
    'wonwoo',
    'nari',
    'junseo',
  ],
  name: '새봄 스튜디오 전체방',
  mutedBy: ['jimin', 'wonwoo'],
  unread: {
    jimin: 8,
    taeyang: 4,
    sora: 5,
    minjae: 15,
    gayoung: 12,
    jaehyun: 1,
    hyerin: 3,
    wonwoo: 2,
    nari: 5,
    junseo: 9,
  },
  script: `
    @ -3 09:05
    yuna: 좋은 아침입니다. 이번 주에는 발표가 있으니 회의는 꼭 필요한 것만 잡을게요
    taeyang: 반가운 소식이네요 👏
    yuna: 그리고 오늘부터 서준서 님이 개발팀에 합류합니다. 다들 인사해 주세요
    junseo: 안녕하세요, 서준서입니다. 모르는 것 많이 여쭤볼게요. 잘 부탁드립니다!
    jimin: 환영해요 준서 님 🎉
    daniel: Welcome! The coffee machine on the left is the good one
    sora: 왼쪽 맞습니다. 오른쪽은 커피 맛 물이에요
    jaehyun: 준서 님 자리 세팅 끝났습니다. 모니터 높이는 편하게 바꾸세요
    hyerin: 점심에 같이 가요. 첫날은 쌀국수가 전통입니다
    junseo: 전통이 있는 회사라니 든든하네요
    taeyang: 그 전통 제가 지난달에 만들었습니다
    @ -3 16:30
    nari: 지난 워크숍 필름 스캔 나왔어요. 공유 폴더에 올려 뒀습니다
    sora: 나리 님 사진은 왜 다 영화 같죠
    nari: 초점이 나가서요
    wonwoo: ㅋㅋㅋㅋ 겸손까지 필름 감성
    gayoung: 저 배 나온 사진 너무 예쁘게 나왔어요. 아기한테 보여 줄래요
    yuna: 가영 님 그 사진 제 책상에도 하나 붙이고 싶네요
    @ -2 10:12
    jaehyun: 스테이징 서버 오전 11시에 10분 정도 재시작합니다
    jimin: 네 확인했어요. 시안 미리 저장해 둘게요
    minjae: 저도요
    jaehyun: 재시작 끝났습니다. 이상 있으면 말씀 주세요
    daniel: Everything looks fine here
    hyerin: 혹시 알림 글자 크기 바뀐 건 의도한 건가요? 조금 커졌어요
    jimin: 네 제가 바꿨어요. 인터뷰에서 작다는 말씀이 많아서 한 단계 키웠습니다
    hyerin: 아 좋네요. 저도 훨씬 편해요
    @ -2 14:50
    taeyang: 간식 신청받습니다. 지금까지 과일 5, 젤리 3, 견과 2
    wonwoo: 저는 견과요. 달리기 시작했거든요
    sora: 원우 님 5km 어디까지 가셨어요
    wonwoo: 3.8km요. 마지막 1.2km가 참 길어요
    jaehyun: 배포도 마지막 10%가 제일 길죠
    taeyang: 그 말씀 하시니까 갑자기 젤리가 먹고 싶네요
    @ -1 08:50
    yuna: 오늘 오후 3시 지민 님 발표입니다. 3층 큰 회의실이에요
    daniel: You've got this, Jimin!
    gayoung: 앞자리 맡아 둘게요
    junseo: 저도 들어도 되나요?
    yuna: 물론이죠. 모두 오세요
    @ -1 16:55
    yuna: 지민 님 발표 정말 좋았습니다. 인터뷰하신 분들 목소리가 그대로 들리는 것 같았어요
    sora: '버튼이 나를 피하는 것 같아요'는 오래 남을 것 같아요
    jaehyun: 바로 백로그에 올렸습니다. 버튼 도망 방지 작업
    jimin: 다들 감사해요 🙇 재현 님 작업 이름이 너무 귀여워요
    taeyang: 축하 기념으로 내일 점심은 국밥 어떠세요
    hyerin: 태양 님은 매일이 국밥 기념일이잖아요
    taeyang: 부정하지 않겠습니다
    @ 99m
    yuna: 가영 님이 다음 달부터 휴직이시라 송별 점심을 하려고 합니다. 가능한 날 알려 주세요
    sora: 저는 화, 목이요
    minjae: 저도 목요일 좋습니다
    daniel: Thursday works for me
    nari: 목요일 한 표. 카메라 챙길게요
    gayoung: 벌써 눈물 나려고 해요 😭
    @ 52m
    junseo: 질문 하나 드려도 될까요? 테스트는 어떤 명령으로 돌리나요
    jaehyun: 저장소에서 npm test 하시면 됩니다. 처음이면 몇 분 걸려요
    junseo: 감사합니다! 전부 통과했어요
    jaehyun: 첫 주에 초록불이라니 출발이 좋네요
    @ 30m
    yuna: 송별 점심은 목요일 12시로 정했습니다. 장소는 태양 님께 부탁드려요
    taeyang: 국밥은 아니겠습니다. 약속드립니다
    sora: 믿어도 되나요
    taeyang: …쌀국수는 어떠세요
    hyerin: 전통이니까 인정
    @ 6m
    wonwoo: 방금 점심에 뛰고 왔는데 5km 성공했습니다!!!
    daniel: 🎉🎉🎉
    yuna: 원우 님 축하해요! 오늘 간식은 제가 살게요
  `,
}
