import type { RoomEvent } from '@our-now/contracts/rooms.ts'
import { useEffect } from 'react'
import { useStore } from 'react-redux'
import { isLooking } from '../../state/attention.ts'
import { useClient } from '../../state/hooks.ts'
import type { RootState } from '../../state/store.ts'
import { playReceived } from './play-received.ts'

/** A burst of messages sounds once. */
const quietMs = 1_500
/** What comes later than this is catching up, not news. */
const freshMs = 15_000

/** A soft sound for a new message of somebody else in a room that is not being looked at and not muted. */
export function useReceivedSound(): void {
  const client = useClient()
  const store = useStore<RootState>()
  useEffect(() => {
    let context: AudioContext | undefined
    let lastAtMs = 0
    const off = client.on('room-events', ({ roomId, events }) => {
      const nowMs = Date.now()
      if (nowMs - lastAtMs < quietMs || !isWorthASound(store.getState(), roomId, events, nowMs)) return
      lastAtMs = nowMs
      context ??= new AudioContext()
      if (context.state === 'running') playReceived(context)
      // Browsers allow sound after the first touch; before it there is none.
      else
        void context.resume().then(
          () => context && playReceived(context),
          () => undefined,
        )
    })
    return () => {
      off()
      void context?.close()
    }
  }, [client, store])
}

function isWorthASound(
  state: RootState,
  roomId: string,
  events: readonly RoomEvent[],
  nowMs: number,
): boolean {
  if (!state.settings.isSoundOn || state.session.status !== 'signed-in') return false
  const myUserId = state.session.account.userId
  const isMuted = state.rooms.rooms[roomId]?.membership.isMuted ?? true
  const isOnScreen = state.readState.openRoomId === roomId && isLooking()
  return (
    !isMuted &&
    !isOnScreen &&
    events.some(
      (event) => event.kind === 'message-created' && event.actorId !== myUserId && nowMs - event.at < freshMs,
    )
  )
}
