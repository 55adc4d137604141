import type { CallSummary } from '@our-now/contracts/media.ts'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useAppSelector, useClient } from '../../state/hooks.ts'
import { selectMyUserId } from '../../state/people-selectors.ts'

interface Ringing {
  readonly roomId: string
  readonly call: CallSummary
}

export interface RoomCalls {
  /** The calls that run, by room, as far as is known. */
  readonly calls: Readonly<Record<string, CallSummary | undefined>>
  /** Somebody wants to talk to me, and I have not answered yet. */
  readonly ringing: Ringing | undefined
  readonly stopRinging: () => void
  /** Asks how a room's call is. */
  readonly look: (roomId: string) => void
}

/** What is known of the calls of my rooms. */
export function useRoomCalls(): RoomCalls {
  const client = useClient()
  const myUserId = useAppSelector(selectMyUserId)
  const rooms = useAppSelector((state) => state.rooms.rooms)
  const [calls, setCalls] = useState<Readonly<Record<string, CallSummary | undefined>>>({})
  const [ringing, setRinging] = useState<Ringing>()
  const seen = useRef(new Set<string>())
  const note = useCallback((roomId: string, call: CallSummary | undefined) => {
    setCalls((known) => ({ ...known, [roomId]: call }))
  }, [])
  useEffect(
    () =>
      client.on('call-changed', ({ roomId, call }) => {
        note(roomId, call)
        const isForMe = call !== undefined && myUserId !== undefined && !call.userIds.includes(myUserId)
        setRinging((now) => {
          if (!isForMe) return now?.roomId === roomId ? undefined : now
          if (rooms[roomId]?.kind !== 'direct' || seen.current.has(call.callId)) return now
          seen.current.add(call.callId)
          return { roomId, call }
        })
      }),
    [client, myUserId, note, rooms],
  )
  return {
    calls,
    ringing,
    stopRinging: useCallback(() => setRinging(undefined), []),
    look: useCallback(
      (roomId) => {
        client.command('call:get', { roomId }).then(
          ({ call }) => note(roomId, call),
          // The next push or look tells.
          () => undefined,
        )
      },
      [client, note],
    ),
  }
}
