import type { Client } from '@our-now/client/client.ts'
import { applyRoomEvents } from '@our-now/client/room-view/apply-room-event.ts'
import { emptyTimeline, trimTimeline, type Timeline } from '@our-now/client/room-view/timeline.ts'
import type { RoomEvent } from '@our-now/contracts/rooms.ts'
import type { Recorder } from './recorder.ts'
import { hashOfText } from './recorder.ts'
import type { SendRecord } from './record-sends.ts'

/** The rooms that a client follows, as a page would hold them. */
export interface RoomCopies {
  readonly roomIds: () => readonly string[]
  readonly follow: (roomId: string, have: number) => void
  readonly timeline: (roomId: string) => Timeline | undefined
}

export interface RoomCopiesDeps {
  readonly client: Client
  readonly base: { readonly client: string; readonly userId: string }
  readonly recorder: Recorder
  readonly sends: SendRecord
}

/** Lines kept of each room, and how far they may grow before they are cut. */
const keptLines = 40
const mostLines = 120

/** Applies room events with the product's own reducer and records each; follows and leaves rooms as the own log says. */
export function createRoomCopies({ client, base, recorder, sends }: RoomCopiesDeps): RoomCopies {
  const timelines = new Map<string, Timeline>()

  function begin(roomId: string, have: number): void {
    // The window begins here: what is older was never loaded.
    const live = { ...emptyTimeline(roomId, have), hasAfter: false }
    timelines.set(roomId, live)
  }

  function follow(roomId: string, have: number): void {
    if (timelines.has(roomId)) return client.rooms.follow([{ roomId, have }])
    begin(roomId, have)
    recorder.write({ t: recorder.now(), ...base, f: 'follow', roomId, have })
    client.rooms.follow([{ roomId, have }])
  }

  function leave(roomId: string, reason: string): void {
    if (!timelines.delete(roomId)) return
    client.rooms.unfollow(roomId)
    recorder.write({ t: recorder.now(), ...base, f: 'removed', roomId, reason })
  }

  function deliver(roomId: string, event: RoomEvent): void {
    const { seq, kind, actorId } = event
    const t = recorder.now()
    if (event.kind !== 'message-created') {
      recorder.write({ t, ...base, f: 'deliver', roomId, seq, kind, actorId })
      return
    }
    const { clientMessageId: id, text } = event.message
    // A message deleted since comes without its text.
    const hash = event.message.deletedAt === undefined ? hashOfText(text) : undefined
    recorder.write({
      t,
      ...base,
      f: 'deliver',
      roomId,
      seq,
      kind,
      actorId,
      id,
      ...(hash !== undefined && { hash }),
    })
    if (actorId === base.userId) sends.noteDelivered(id, seq)
  }

  client.on('room-events', ({ roomId, events }) => {
    for (const event of events) deliver(roomId, event)
    const timeline = timelines.get(roomId)
    if (timeline === undefined) return
    const applied = applyRoomEvents(timeline, events)
    timelines.set(
      roomId,
      applied.lines.length > mostLines ? trimTimeline(applied, keptLines, 'newest') : applied,
    )
  })
  client.on('room-reset', ({ roomId, head }) => {
    if (!timelines.has(roomId)) return
    begin(roomId, head)
    recorder.write({ t: recorder.now(), ...base, f: 'reset', roomId, have: head })
  })
  client.on('room-gone', ({ roomId }) => leave(roomId, 'gone'))
  client.on('user-events', ({ events }) => {
    for (const event of events) {
      if (event.kind === 'room-joined') follow(event.room.roomId, event.room.membership.joinedSeq)
      if (event.kind === 'room-left') leave(event.roomId, 'left')
    }
  })
  return { roomIds: () => [...timelines.keys()], follow, timeline: (roomId) => timelines.get(roomId) }
}
