import type { Friend, Profile } from '@our-now/contracts/people.ts'
import type { Message, RoomEvent, RoomSummary } from '@our-now/contracts/rooms.ts'

export const adaId = 'ada'
export const benId = 'ben'

export const aProfile = (userId: string, displayName = userId): Profile => ({
  userId,
  handle: userId,
  displayName,
  statusMessage: '',
})

export const aFriend = (userId: string, change: Partial<Friend> = {}): Friend => ({
  profile: aProfile(userId),
  isFavourite: false,
  isHidden: false,
  addedAt: 1,
  ...change,
})

export const aMessage = (change: Partial<Message> = {}): Message => {
  const seq = change.seq ?? 2
  return {
    roomId: 'room',
    seq,
    ordinal: seq - 1,
    authorId: benId,
    clientMessageId: `c${seq}`,
    sentAt: seq * 1_000,
    text: `message ${seq}`,
    ...change,
  }
}

export const aMessageEvent = (change: Partial<Message> = {}): RoomEvent => {
  const message = aMessage(change)
  const { roomId, seq, sentAt, authorId } = message
  return { roomId, seq, at: sentAt, actorId: authorId, kind: 'message-created', message }
}

export const aRoom = (change: Partial<RoomSummary> = {}): RoomSummary => ({
  roomId: 'room',
  kind: 'group',
  name: '',
  memberCount: 2,
  members: [aProfile(adaId), aProfile(benId)],
  head: 1,
  lastOrdinal: 0,
  activeAt: 1_000,
  membership: {
    role: 'member',
    joinedSeq: 1,
    readSeq: 1,
    readOrdinal: 0,
    isMuted: false,
    isPinned: false,
  },
  ...change,
})
