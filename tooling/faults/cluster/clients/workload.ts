import { createZipf, type Random } from '../choices.ts'
import type { RunOrder } from './run-order.ts'
import { fewestMembers, mostMembers, type RunRoom } from './set-up-rooms.ts'
import type { VirtualClient } from './virtual-client.ts'

/** Messages that a client keeps unacknowledged in one room; the outbox sends them one by one. */
const pendingPerRoom = 2
const tickMs = 10
/** However long nothing went out: no more than this is made up for, in ms of the rate. */
const maxDebtMs = 100

export interface Workload {
  readonly stop: () => void
}

export interface WorkloadDeps {
  readonly clients: readonly VirtualClient[]
  readonly rooms: readonly RunRoom[]
  readonly order: RunOrder
  readonly random: Random
  /** Cuts a client off for so many ms. */
  readonly cutOff: (client: VirtualClient, ms: number) => void
}

/** Lets everybody talk, come, go, read and delete, at the rates of the order, in rooms of very different liveliness. */
export function startWorkload({ clients, rooms, order, random, cutOff }: WorkloadDeps): Workload {
  const pickRoomIndex = createZipf(random, rooms.length, 1.2)
  const pickRoom = () => rooms[pickRoomIndex()] ?? rooms[0]
  const membersOf = (roomId: string) =>
    clients.filter(({ client }) => client.rooms.have(roomId) !== undefined)
  let count = 0

  function send(): void {
    const room = pickRoom()
    if (room === undefined) return
    const free = membersOf(room.roomId).filter((one) => one.sends.waitingIn(room.roomId) < pendingPerRoom)
    const sender = random.pick(free)
    if (sender === undefined) return
    void sender.client.outbox.send(room.roomId, makeText(sender.name, ++count)).catch(() => undefined)
  }

  function makeText(name: string, number: number): string {
    const text = `${name} 말 ${number} `
    return text + 'ㅋ나다abc'[random.between(0, 5)]?.repeat(random.between(6, 180))
  }

  function changeMembership(): void {
    const room = random.pick(rooms)
    if (room === undefined) return
    const { roomId, owner } = room
    const inside = membersOf(roomId).filter((one) => one !== owner)
    const outside = clients.filter((one) => one !== owner && !inside.includes(one))
    const isGrowing = inside.length < fewestMembers || (inside.length < mostMembers && random.chance(0.5))
    const inviter = random.pick([owner, ...inside])
    const subject = random.pick(isGrowing ? outside : inside)
    if (inviter === undefined || subject === undefined) return
    if (isGrowing) {
      const request = { roomId, userIds: [subject.userId] }
      void inviter.ask({ f: 'invite', roomId, subject: subject.userId }, () =>
        inviter.client.api.inviteMembers(request),
      )
    } else if (random.chance(0.5)) {
      const request = { roomId, userId: subject.userId }
      void owner.ask({ f: 'kick', roomId, subject: subject.userId }, () =>
        owner.client.api.removeMember(request),
      )
    } else {
      void subject.ask({ f: 'leave', roomId }, () =>
        subject.client.api.leaveRoom({ roomId, isQuiet: random.chance(0.3) }),
      )
    }
  }

  function remove(): void {
    const author = random.pick(clients)
    const message = author?.sends.takeRecent()
    if (author === undefined || message === undefined) return
    const { roomId, seq, id } = message
    void author.ask({ f: 'delete', roomId, seq, id }, () => author.client.api.deleteMessage({ roomId, seq }))
  }

  function read(): void {
    const reader = random.pick(clients)
    const roomId = random.pick(reader?.roomIds() ?? [])
    const have = roomId === undefined ? undefined : reader?.client.rooms.have(roomId)
    if (reader === undefined || roomId === undefined || have === undefined || !reader.isOnline()) return
    const { client } = reader
    const kind = random.between(0, 3)
    if (kind <= 1)
      void reader.ask(
        { f: 'read', roomId, seq: have },
        () => client.command('cursor:move', { roomId, seq: have }),
        ({ readSeq }) => ({ seq: readSeq }),
      )
    else if (kind === 2)
      void reader.ask(
        { f: 'open-room', roomId },
        () => client.api.getRoom({ roomId }),
        ({ head }) => ({ head }),
      )
    else void syncRoom(reader, roomId, have)
  }

  function cut(): void {
    const one = random.pick(clients)
    if (one !== undefined) cutOff(one, random.between(50, 3_000))
  }

  const rates: readonly (readonly [perSecond: number, act: () => void])[] = [
    [order.sendsPerSecond, send],
    [order.membershipsPerSecond, changeMembership],
    [order.deletesPerSecond, remove],
    [order.readsPerSecond, read],
    [order.cutsPerSecond, cut],
  ]
  const owed = rates.map(() => 0)
  let lastMs = performance.now()
  const timer = setInterval(() => {
    const nowMs = performance.now()
    const passedMs = Math.min(maxDebtMs, nowMs - lastMs)
    lastMs = nowMs
    for (const [index, [perSecond, act]] of rates.entries()) {
      owed[index] = (owed[index] ?? 0) + (perSecond * passedMs) / 1_000
      for (; (owed[index] ?? 0) >= 1; owed[index] = (owed[index] ?? 0) - 1) act()
    }
  }, tickMs)
  return { stop: () => clearInterval(timer) }
}

/** A read of what the room has beyond `have`, besides the client's own ones. */
export function syncRoom(reader: VirtualClient, roomId: string, have: number): Promise<unknown> {
  return reader.ask(
    { f: 'sync', roomId, have },
    () => reader.client.command('room:sync', { rooms: [{ roomId, have }] }),
    ({ rooms: [room] }) =>
      room === undefined ? {} : { head: room.head, seq: room.events.at(-1)?.seq ?? have },
  )
}
