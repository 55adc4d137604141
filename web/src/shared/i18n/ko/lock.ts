export const lock = {
  title: '잠김',
  text: '계속하려면 비밀번호를 입력해 주세요.',
  unlock: '잠금 해제',
  byPassword: '비밀번호로 해제하기',
  pageText: '화면이 잠긴 동안 대화가 보이지 않습니다. 메시지는 계속 도착하며 읽음으로 표시되지 않습니다.',
  after: '사용하지 않으면 잠그기',
  never: '안 함',
  minutes: '{{count}}분',
  now: '지금 잠그기',
  limits:
    '화면 잠금은 이 기기를 집어 든 사람이 대화를 읽지 못하게 합니다. 브라우저에 저장된 내용을 암호화하지는 않으니, 그럴 때는 로그아웃해 주세요.',
} as const
