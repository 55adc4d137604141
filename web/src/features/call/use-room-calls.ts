import type { CallSummary } from '@our-now/contracts/media.ts'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useAppSelector, useClient } from '../../state/hooks.ts'
import { selectMyUserId } from '../../state/people-selectors.ts'

interface Ringing {
  readonly roomId: string
  readonly call: CallSummary
}

export interface RoomCalls {
  /** The calls that run, by room, as far as is known. */
  readonly calls: Readonly<Record<string, CallSummary | undefined>>
  /** Somebody wants to talk to me, and none of my devices has answered yet. */
  readonly ringing: Ringing | undefined
  /** It rings no more here; the caller hears nothing. */
  readonly stopRinging: () => void
  /** I do not want to talk: all my devices fall silent and the caller is told. */
  readonly decline: () => void
  /** Asks how a room's call is. */
  readonly look: (roomId: string) => void
}

/** Rooms that one request may name. */
const mostAsked = 200
/** A ring whose end was not told ends here, in ms; the server's is over long before. */
const mostRingMs = 60_000

/** What is known of the calls of my rooms. Pushes are hints: after every connection all rooms are asked for at once. */
export function useRoomCalls(): RoomCalls {
  const client = useClient()
  const myUserId = useAppSelector(selectMyUserId)
  const isReady = useAppSelector(
    (state) => state.connection.state === 'online' && state.rooms.status === 'ready',
  )
  const roomIds = useAppSelector((state) => state.rooms.rooms)
  const [calls, setCalls] = useState<RoomCalls['calls']>({})
  const [silenced, setSilenced] = useState<ReadonlySet<string>>(new Set())
  /** Counts what was heard of each room: an answer that was overtaken is dropped. */
  const heard = useRef(new Map<string, number>())
  const note = useCallback((roomId: string, call: CallSummary | undefined) => {
    heard.current.set(roomId, (heard.current.get(roomId) ?? 0) + 1)
    setCalls((known) => ({ ...known, [roomId]: call }))
  }, [])
  useEffect(() => client.on('call-changed', ({ roomId, call }) => note(roomId, call)), [client, note])

  /** Asks for many; what was pushed meanwhile is newer than the answer. */
  const ask = useCallback(
    async (asked: readonly string[]) => {
      const before = new Map(heard.current)
      const { calls: running } = await client.command('call:list', { roomIds: [...asked] })
      const byRoom = new Map(running.map(({ roomId, call }) => [roomId, call]))
      for (const roomId of asked)
        if (heard.current.get(roomId) === before.get(roomId)) note(roomId, byRoom.get(roomId))
    },
    [client, note],
  )
  const askAll = useCallback(async () => {
    const all = Object.keys(roomIds)
    for (let at = 0; at < all.length; at += mostAsked) await ask(all.slice(at, at + mostAsked))
  }, [ask, roomIds])
  // Only coming (back) online asks; rooms that come later tell of their calls by themselves.
  // oxlint-disable-next-line react/exhaustive-deps
  useEffect(() => (isReady ? void askAll().catch(() => undefined) : undefined), [isReady])

  const ringing = useMemo(() => findRinging(calls, silenced, myUserId), [calls, silenced, myUserId])
  const callId = ringing?.call.callId
  const stopRinging = useCallback(() => {
    if (callId !== undefined) setSilenced((known) => new Set([...known, callId]))
  }, [callId])
  useEffect(() => {
    if (callId === undefined) return undefined
    const timer = setTimeout(stopRinging, mostRingMs)
    return () => clearTimeout(timer)
  }, [callId, stopRinging])
  const roomId = ringing?.roomId
  return {
    calls,
    ringing,
    stopRinging,
    decline: useCallback(() => {
      stopRinging()
      // The ring ends by itself if this does not get through.
      if (roomId !== undefined) void client.command('call:decline', { roomId }).catch(() => undefined)
    }, [client, roomId, stopRinging]),
    look: useCallback((asked) => void ask([asked]).catch(() => undefined), [ask]),
  }
}

function findRinging(
  calls: RoomCalls['calls'],
  silenced: ReadonlySet<string>,
  myUserId: string | undefined,
): Ringing | undefined {
  for (const [roomId, call] of Object.entries(calls)) {
    const isForMe = call?.ring !== undefined && call.ring.userId === myUserId
    if (isForMe && !silenced.has(call.callId)) return { roomId, call }
  }
  return undefined
}
