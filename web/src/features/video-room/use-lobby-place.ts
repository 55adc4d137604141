import { codeOf } from '@our-now/client/client-error.ts'
import type { LobbyPlace } from '@our-now/contracts/chat/video-room-operations.ts'
import { useEffect, useState } from 'react'
import { useAppSelector, useClient } from '../../state/hooks.ts'

/** How often it is said that somebody still waits, in ms; the server gives up after five times as long. */
const waitMs = 3_000

/** Waits at the door of a link for as long as it is on screen. `gone`: there is no such room (any more). */
export function useLobbyPlace(code: string): LobbyPlace | 'gone' | undefined {
  const client = useClient()
  const isOnline = useAppSelector((state) => state.connection.state === 'online')
  const [place, setPlace] = useState<LobbyPlace | 'gone'>()
  useEffect(() => {
    if (!isOnline) return undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    let isStopped = false
    const wait = async (): Promise<void> => {
      try {
        const answer = await client.command('lobby:wait', { code })
        if (isStopped) return
        setPlace(answer)
        if (answer.state === 'admitted') return
      } catch (error) {
        if (isStopped) return
        if (['invite_not_found', 'invalid_request'].includes(codeOf(error))) return setPlace('gone')
      }
      timer = setTimeout(() => void wait(), waitMs)
    }
    void wait()
    return () => {
      isStopped = true
      clearTimeout(timer)
      // If it does not get through, the place ends by itself.
      void client.command('lobby:leave', { code }).catch(() => undefined)
    }
  }, [client, code, isOnline])
  return place
}
