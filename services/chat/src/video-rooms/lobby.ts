import { channels } from '@our-now/contracts/socket.ts'
import type { LeaseStore } from '@our-now/platform/lease-store/lease-store.ts'
import type { SocketHub } from '@our-now/platform/socket-hub/socket-hub.ts'

/** Who falls silent for so long has gone, in ms. */
const waitMs = 15_000
/** Who was not let in is answered so for this long; then they may ask again. In ms. */
const declinedMs = 300_000
const askedAtOf = (value: string | undefined): number => Number(value ?? 0)

interface Waiting {
  readonly userId: string
  readonly askedAtMs: number
}

/** People at the doors of video rooms: leases that end when somebody falls silent, whichever replica heard of them. */
export interface Lobby {
  /** @returns whether the person was told no a while ago, and does not wait. */
  wait(roomId: string, userId: string, nowMs: number): Promise<'waiting' | 'declined'>
  leave(roomId: string, userId: string): Promise<void>
  decline(roomId: string, userId: string): Promise<void>
  /** Longest first. */
  list(roomId: string): Promise<readonly Waiting[]>
  clear(roomId: string): Promise<void>
  /** The hosts look again. */
  tell(roomId: string, hostIds: readonly string[]): void
}

export function createLobby({ leaseStore, hub }: { leaseStore: LeaseStore; hub: SocketHub }): Lobby {
  const waitingKey = (roomId: string): string => `chat:lobby:${roomId}`
  const declinedKey = (roomId: string): string => `chat:lobby-declined:${roomId}`
  const list: Lobby['list'] = async (roomId) => {
    const held = (await leaseStore.list([waitingKey(roomId)])).get(waitingKey(roomId)) ?? []
    return held
      .map(({ member, value }) => ({ userId: member, askedAtMs: askedAtOf(value) }))
      .toSorted((a, b) => a.askedAtMs - b.askedAtMs || (a.userId < b.userId ? -1 : 1))
  }
  return {
    wait: async (roomId, userId, nowMs) => {
      const keys = [waitingKey(roomId), declinedKey(roomId)]
      const held = await leaseStore.list(keys)
      const [before, declined] = keys.map((key) => held.get(key)?.find(({ member }) => member === userId))
      if (declined !== undefined) return 'declined'
      await leaseStore.hold(waitingKey(roomId), userId, waitMs, before?.value ?? String(nowMs))
      return 'waiting'
    },
    leave: async (roomId, userId) => {
      await leaseStore.release(waitingKey(roomId), userId)
    },
    decline: async (roomId, userId) => {
      await leaseStore.hold(declinedKey(roomId), userId, declinedMs)
      await leaseStore.release(waitingKey(roomId), userId)
    },
    list,
    clear: async (roomId) => {
      for (const { userId } of await list(roomId)) await leaseStore.release(waitingKey(roomId), userId)
    },
    tell: (roomId, hostIds) => {
      for (const userId of hostIds) hub.publish(channels.user(userId), 'lobby:changed', { roomId })
    },
  }
}
