import type { Namespace, Socket } from 'socket.io'
import { Adapter, type BroadcastOptions } from 'socket.io-adapter'
import { createCoalescedWriter, type CoalescedWriter } from './coalesced-writer.ts'
import type { SendBuffers } from './send-buffers.ts'
import { onStockWrite, writeStock } from './socket-internals.ts'

export interface CoalescingAdapterOptions {
  readonly sendBuffers: SendBuffers
  /** False: everything goes by Socket.IO's own way, with the same bounds. */
  readonly isCoalesced: boolean
}

/** An adapter class for `io.adapter(…)`: in memory, with broadcasts to one channel coalesced and every buffer bounded. */
export function coalescingAdapter(options: CoalescingAdapterOptions): typeof Adapter {
  return class CoalescingAdapter extends Adapter {
    readonly #writer: CoalescedWriter
    readonly #sockets: ReadonlyMap<string, Socket>

    constructor(namespace: Namespace) {
      super(namespace)
      this.#sockets = namespace.sockets
      this.#writer = createCoalescedWriter({
        members: (channel) => this.rooms.get(channel),
        channelsOf: (socketId) => this.sids.get(socketId),
        find: (socketId) => this.#sockets.get(socketId),
        sendBuffers: options.sendBuffers,
      })
      if (options.isCoalesced)
        namespace.on('connection', (socket) => onStockWrite(socket, this.#writer.flushSocket))
    }

    override broadcast(packet: { nsp?: string }, to: BroadcastOptions): void {
      /** True because an adapter is always made with its namespace. */
      const namespace = this.nsp as Namespace
      packet.nsp = namespace.name
      const packets = encoderOf(namespace).encode(packet)
      const channel = options.isCoalesced ? findOnlyChannel(to) : undefined
      const [text] = packets
      if (channel !== undefined && packets.length === 1 && typeof text === 'string')
        this.#writer.writeCoalesced(channel, text)
      else this.#broadcastStock(packets, to)
    }

    #broadcastStock(packets: readonly string[], { rooms, except, flags }: BroadcastOptions): void {
      const bytes = packets.reduce((sum, packet) => sum + packet.length, 0)
      const left = new Set([...(except ?? [])].flatMap((channel) => [...(this.rooms.get(channel) ?? [])]))
      const members =
        rooms.size === 0
          ? this.sids.keys()
          : [...rooms].flatMap((channel) => [...(this.rooms.get(channel) ?? [])])
      for (const socketId of new Set(members)) {
        const socket = left.has(socketId) ? undefined : this.#sockets.get(socketId)
        if (socket !== undefined && options.sendBuffers.mayPush(socket, 1, bytes))
          writeStock(socket, packets, { volatile: flags?.volatile, compress: flags?.compress })
      }
    }

    override addAll(id: string, channels: Set<string>): void {
      for (const channel of channels) this.#writer.flushChannel(channel)
      void super.addAll(id, channels)
    }

    override del(id: string, channel: string): void {
      this.#writer.flushChannel(channel)
      void super.del(id, channel)
    }

    override delAll(id: string): void {
      for (const channel of this.sids.get(id) ?? []) this.#writer.flushChannel(channel)
      super.delAll(id)
    }
  }
}

/** The channel when a broadcast goes to everybody in exactly one and wants nothing special. */
function findOnlyChannel({ rooms, except, flags = {} }: BroadcastOptions): string | undefined {
  if (rooms.size !== 1 || (except?.size ?? 0) > 0) return undefined
  for (const [name, value] of Object.entries(flags))
    if (name !== 'local' && value !== undefined) return undefined
  const [channel] = rooms
  return channel
}

interface PacketEncoder {
  encode(packet: unknown): readonly string[]
}

/** True because every Socket.IO server has the encoder of its parser; binary parts make more than one packet. */
const encoderOf = (namespace: Namespace): PacketEncoder => Reflect.get(namespace.server, 'encoder')
