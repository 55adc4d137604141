import type { LobbyGuest } from '@our-now/contracts/chat/video-room-operations.ts'
import { useCallback, useEffect, useState } from 'react'
import { useAppSelector, useClient } from '../../../state/hooks.ts'

/** Who vanished without a word is noticed by looking again, in ms. */
const lookMs = 5_000

/** Who waits at the door of a room of mine, for as long as it is on screen; nobody where I am not its host. */
export function useLobby(roomId: string, isHost: boolean) {
  const client = useClient()
  const isOnline = useAppSelector((state) => state.connection.state === 'online')
  const [guests, setGuests] = useState<readonly LobbyGuest[]>([])
  const look = useCallback(async () => {
    setGuests((await client.command('lobby:list', { roomId })).guests)
  }, [client, roomId])
  useEffect(() => {
    if (!isHost || !isOnline) return undefined
    // The next look tells.
    const lookQuietly = () => void look().catch(() => undefined)
    lookQuietly()
    const timer = setInterval(lookQuietly, lookMs)
    const off = client.on('lobby-changed', (changed) => {
      if (changed.roomId === roomId) lookQuietly()
    })
    return () => {
      clearInterval(timer)
      off()
    }
  }, [client, isHost, isOnline, look, roomId])
  const answer = useCallback(
    async (userIds: readonly string[], isAdmitted: boolean) => {
      await client.command('lobby:answer', { roomId, userIds: [...userIds], isAdmitted })
      await look()
    },
    [client, look, roomId],
  )
  return { guests: isHost ? guests : [], answer }
}
