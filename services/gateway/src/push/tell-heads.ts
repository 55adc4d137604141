import { channels } from '@our-now/contracts/socket.ts'
import type { Socket } from 'socket.io'
import type { CursorRevs } from './cursor-revs.ts'
import type { LogFollower } from './log-follower.ts'

const headsPerPush = 500
const roomPrefix = channels.room('')

/** Tells one socket how far its rooms are. */
export function tellHeads(
  socket: Socket,
  {
    roomLog,
    cursorRevs,
  }: { roomLog: Pick<LogFollower<unknown>, 'findForwarded'>; cursorRevs: Pick<CursorRevs, 'get'> },
): void {
  const heads = [...socket.rooms].flatMap((channel) => {
    if (!channel.startsWith(roomPrefix)) return []
    const roomId = channel.slice(roomPrefix.length)
    const head = roomLog.findForwarded(roomId)
    return head === undefined ? [] : [{ roomId, head, cursorRev: cursorRevs.get(roomId) }]
  })
  for (let at = 0; at < heads.length; at += headsPerPush)
    socket.emit('room:heads', { rooms: heads.slice(at, at + headsPerPush) })
}
