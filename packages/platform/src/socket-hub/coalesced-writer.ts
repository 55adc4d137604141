import type { Socket } from 'socket.io'
import type { SendBuffers } from './send-buffers.ts'
import { findDirectStream, writeStock } from './socket-internals.ts'
import { toTextFrame } from './text-frame.ts'

export interface CoalescedWriterDeps {
  /** Ids of the sockets in a channel now. */
  readonly members: (channel: string) => ReadonlySet<string> | undefined
  readonly channelsOf: (socketId: string) => ReadonlySet<string> | undefined
  readonly find: (socketId: string) => Socket | undefined
  readonly sendBuffers: SendBuffers
}

/**
 * Sends a packet to everybody in a channel: encoded once, framed once, and everything of one tick written to a socket
 * as one buffer. What a socket receives, and in which order, is what Socket.IO's own way gives it.
 */
export interface CoalescedWriter {
  /** @param packet  A text packet as Socket.IO's encoder makes it. */
  readonly writeCoalesced: (channel: string, packet: string) => void
  /** Call before the members of a channel change: what waits goes to those who are in it now. */
  readonly flushChannel: (channel: string) => void
  /** Call before anything else is sent to a socket: what waits for it goes first. */
  readonly flushSocket: (socket: Socket) => void
}

interface Frame {
  readonly packet: string
  readonly bytes: Buffer
  /** Its place in the tick. */
  readonly place: number
}

/** A tick that holds more than this is written early. */
const maxTickBytes = 4 * 1024 * 1024

export function createCoalescedWriter(deps: CoalescedWriterDeps): CoalescedWriter {
  let waiting = new Map<string, Frame[]>()
  /** Sockets that were served before the end of the tick, with the place up to which. */
  let served = new Map<string, number>()
  let nextPlace = 0
  let tickBytes = 0
  let end: NodeJS.Immediate | undefined

  function flush(): void {
    clearImmediate(end)
    const [channels, early] = [waiting, served]
    end = undefined
    waiting = new Map()
    served = new Map()
    nextPlace = 0
    tickBytes = 0
    if (channels.size > 1) {
      for (const [socketId, batch] of planOf(channels)) serve(socketId, batch, early)
      return
    }
    // The usual tick: one room, one buffer, no plan.
    for (const [channel, frames] of channels) {
      const batch = createBatch(frames)
      for (const socketId of deps.members(channel) ?? []) serve(socketId, batch, early)
    }
  }

  function serve(socketId: string, batch: Batch, early: ReadonlyMap<string, number>): void {
    const socket = deps.find(socketId)
    if (socket === undefined) return
    const from = early.get(socketId)
    send(socket, from === undefined ? batch : createBatch(batch.frames.filter(({ place }) => place >= from)))
  }

  /** What each socket gets. Sockets of the same channels share one buffer. */
  function planOf(channels: ReadonlyMap<string, readonly Frame[]>): Map<string, Batch> {
    const plan = new Map<string, Batch>()
    for (const [channel, frames] of channels) {
      const own = createBatch(frames)
      for (const socketId of deps.members(channel) ?? [])
        plan.set(socketId, plan.get(socketId)?.joinedWith(channel, own) ?? own)
    }
    return plan
  }

  function send(socket: Socket, batch: Batch): void {
    const { frames } = batch
    if (frames.length === 0 || !deps.sendBuffers.mayPush(socket, frames.length, batch.byteLength)) return
    const stream = findDirectStream(socket)
    if (stream !== undefined) stream.write(batch.buffer())
    else for (const { packet, bytes } of frames) writeStock(socket, [packet], { frame: bytes })
  }

  return {
    writeCoalesced(channel, packet) {
      if (deps.members(channel) === undefined) return
      const frame = { packet, bytes: toTextFrame(packet), place: nextPlace++ }
      const frames = waiting.get(channel)
      if (frames === undefined) waiting.set(channel, [frame])
      else frames.push(frame)
      tickBytes += frame.bytes.length
      if (tickBytes > maxTickBytes) flush()
      else end ??= setImmediate(flush)
    },
    flushChannel(channel) {
      if (waiting.has(channel)) flush()
    },
    flushSocket(socket) {
      if (nextPlace === 0) return
      const channels = deps.channelsOf(socket.id)
      const from = served.get(socket.id) ?? 0
      if (channels === undefined || from === nextPlace) return
      const frames: Frame[] = []
      for (const [channel, queued] of waiting)
        if (channels.has(channel)) frames.push(...queued.filter(({ place }) => place >= from))
      // Marked first: the stock way calls back in here for each packet it is given.
      served.set(socket.id, nextPlace)
      send(socket, createBatch(frames.sort((a, b) => a.place - b.place)))
    },
  }
}

interface Batch {
  readonly frames: readonly Frame[]
  readonly byteLength: number
  buffer(): Buffer
  /** This batch with that of a further channel, in the order of the tick. */
  joinedWith(channel: string, other: Batch): Batch
}

function createBatch(frames: readonly Frame[]): Batch {
  let joined: Map<string, Batch> | undefined
  let buffer: Buffer | undefined
  const [first] = frames
  return {
    frames,
    byteLength: frames.reduce((sum, { bytes }) => sum + bytes.length, 0),
    buffer: () =>
      (buffer ??=
        frames.length === 1 && first !== undefined
          ? first.bytes
          : Buffer.concat(frames.map(({ bytes }) => bytes))),
    joinedWith(channel, other) {
      joined ??= new Map()
      let both = joined.get(channel)
      if (both === undefined) {
        both = createBatch([...frames, ...other.frames].sort((a, b) => a.place - b.place))
        joined.set(channel, both)
      }
      return both
    },
  }
}
