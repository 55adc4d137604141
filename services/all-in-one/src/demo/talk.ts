import { v7 as uuidv7 } from 'uuid'
import { readScript, type DemoConversation, type DemoLine } from './conversation.ts'
import type { DemoClock } from './demo-clock.ts'
import { personOf, type Cast } from './meet.ts'
import type { DemoServices } from './open-services.ts'

interface TalkDeps {
  readonly services: DemoServices
  readonly cast: Cast
  readonly clock: DemoClock
}

/** Rooms are made this long before their first message, in ms. */
const before = 20_000

/**
 * Has everybody say their lines, over all rooms in the order of time, and leaves each reader where the conversation
 * says.
 */
export async function talk(
  deps: TalkDeps,
  conversations: readonly DemoConversation[],
  nowMs: number,
): Promise<void> {
  const rooms = conversations.map((conversation) => ({
    conversation,
    lines: readScript(conversation.script, nowMs),
    roomId: '',
    /** The seq of each message said so far. */
    seqs: [] as number[],
  }))
  const turns = rooms
    .flatMap((room) => room.lines.map((line) => ({ room, line })))
    .sort((a, b) => a.line.at - b.line.at)
  for (const { room, line } of turns) {
    if (room.roomId === '') {
      deps.clock.moveTo(line.at - before)
      room.roomId = await makeRoom(deps, room.conversation)
    }
    deps.clock.moveTo(line.at)
    room.seqs.push(await say(deps, room.roomId, line))
  }
  deps.clock.moveTo(nowMs)
  for (const room of rooms) {
    await read(deps, room)
    await arrange(deps, room)
  }
}

async function makeRoom({ services: { chat }, cast }: TalkDeps, room: DemoConversation): Promise<string> {
  const [first = '', ...others] = room.members
  const maker = personOf(cast, first)
  const userIds = others.map((handle) => personOf(cast, handle).userId)
  const [onlyId] = userIds
  if (onlyId === undefined) {
    const { rooms } = await chat.listRooms(maker, {})
    const own = rooms.find(({ kind }) => kind === 'self')
    if (own === undefined) throw new Error('a person without a room for notes')
    return own.roomId
  }
  if (userIds.length === 1) return (await chat.openDirectRoom(maker, { userId: onlyId })).roomId
  const name = room.name === undefined ? {} : { name: room.name }
  return (await chat.createGroup(maker, { userIds, ...name })).roomId
}

async function say(
  { services: { chat }, cast }: TalkDeps,
  roomId: string,
  { author, text, at }: DemoLine,
): Promise<number> {
  const clientMessageId = uuidv7({ msecs: at })
  const { seq } = await chat.sendMessage(personOf(cast, author), { roomId, clientMessageId, text })
  return seq
}

async function read(
  { services: { chat }, cast }: TalkDeps,
  room: { conversation: DemoConversation; roomId: string; seqs: readonly number[] },
): Promise<void> {
  await Promise.all(
    room.conversation.members.map(async (handle) => {
      const unread = room.conversation.unread?.[handle] ?? 0
      const seq = room.seqs.at(-1 - unread)
      if (seq !== undefined) await chat.moveReadCursor(personOf(cast, handle), { roomId: room.roomId, seq })
    }),
  )
}

async function arrange(
  { services: { chat }, cast }: TalkDeps,
  {
    conversation: { pinnedBy = [], mutedBy = [] },
    roomId,
  }: { conversation: DemoConversation; roomId: string },
): Promise<void> {
  for (const handle of pinnedBy)
    await chat.updateMembership(personOf(cast, handle), { roomId, isPinned: true })
  for (const handle of mutedBy) await chat.updateMembership(personOf(cast, handle), { roomId, isMuted: true })
}
