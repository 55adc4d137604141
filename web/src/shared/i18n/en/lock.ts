export const lock = {
  title: 'Locked',
  text: 'Enter your password to go on.',
  unlock: 'Unlock',
  byPassword: 'Use my password',
  pageText:
    'While this device is locked, chats are hidden and a call that was on ends; during a call it does not lock by itself. Messages still arrive and are not marked as read.',
  after: 'Lock when nobody has used it for',
  never: 'Never',
  minutes: '{{count}} min',
  now: 'Lock now',
  limits:
    'The lock keeps people who pick up this device from reading along. It does not encrypt what the browser stores: for that, sign out.',
} as const
