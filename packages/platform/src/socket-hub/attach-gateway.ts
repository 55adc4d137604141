import type { Server } from 'socket.io'
import { systemClock } from '../clock/clock.ts'
import { coalescingAdapter } from './coalescing-adapter.ts'
import { createSendBuffers } from './send-buffers.ts'
import type { AttachOptions, Attachment } from './socket-hub.ts'

/** What every hub does to a gateway's server, whatever carries its pushes: bounded buffers, coalesced writing. */
export function attachGateway(
  io: Server,
  options: AttachOptions,
): Pick<Attachment, 'isLagging'> & {
  readonly hasMembers: (channel: string) => boolean
  readonly stop: () => void
} {
  const sendBuffers = createSendBuffers(systemClock, options)
  io.adapter(coalescingAdapter({ sendBuffers, isCoalesced: options.isCoalesced ?? true }))
  const namespace = io.of('/')
  return {
    hasMembers: (channel) => namespace.adapter.rooms.has(channel),
    isLagging: (socket) => !sendBuffers.mayPush(socket, 0, 0),
    stop: () => sendBuffers.stop(),
  }
}
