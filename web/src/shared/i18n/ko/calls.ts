/** 대화방 안의 통화: 기록, 벨, 진행 중 표시. */
export const calls = {
  voiceEnded: '음성 통화 {{length}}',
  videoEnded: '영상 통화 {{length}}',
  missed: '부재중 전화',
  noAnswer: '응답이 없습니다',
  declinedByMe: '통화를 거절했습니다',
  declined: '상대방이 통화를 거절했습니다',
  again: '다시 걸기',
  started: '{{name}}님이 음성 통화를 시작했습니다.',
  startedVideo: '{{name}}님이 영상 통화를 시작했습니다.',
  groupEnded: '통화가 끝났습니다. ({{length}})',
  hours: '{{hours}}시간 {{minutes}}분',
  minutes: '{{minutes}}분 {{seconds}}초',
  seconds: '{{seconds}}초',
} as const
