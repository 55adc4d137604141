/** Calls as rooms show them: lines, ringing, what runs. */
export const calls = {
  voiceEnded: 'Voice call, {{length}}',
  videoEnded: 'Video call, {{length}}',
  missed: 'Missed call',
  noAnswer: 'No answer',
  declinedByMe: 'You declined the call',
  declined: 'Call declined',
  again: 'Call again',
  started: '{{name}} started a voice call.',
  startedVideo: '{{name}} started a video call.',
  groupEnded: 'The call ended after {{length}}.',
  hours: '{{hours}} h {{minutes}} min',
  minutes: '{{minutes}} min {{seconds}} s',
  seconds: '{{seconds}} s',
} as const
