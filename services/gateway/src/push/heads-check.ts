import type { ChatApi } from '@our-now/contracts/chat.ts'
import type { RoomHead, UserHead } from '@our-now/contracts/chat/heads.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import { setTimeout as wait } from 'node:timers/promises'
import { createPeriodic } from '../periodic.ts'
import { createTraceId } from '@our-now/platform/telemetry/traceparent.ts'

export interface HeadsCheckDeps {
  readonly chat: Pick<ChatApi, 'listHeads'>
  readonly localRooms: () => string[]
  readonly localUsers: () => string[]
  readonly onRoomHead: (head: RoomHead) => void
  readonly onUserHead: (head: UserHead) => void
  /** A check of everything is spread over this, in ms. */
  readonly spreadMs: number
  readonly log: Logger
}

/** Compares what local sockets follow with the database. */
export interface HeadsCheck {
  /** Everything, spread; for when anything may have been missed. */
  readonly checkAll: () => void
  /** What was just joined: joining a channel may take effect only after the head was read. */
  readonly checkSoon: (joined: { readonly roomId?: string; readonly userId?: string }) => void
  readonly stop: () => Promise<void>
}

const idsPerCall = 500
const soonMs = 1_000

export function createHeadsCheck(deps: HeadsCheckDeps): HeadsCheck {
  const stopping = new AbortController()
  const soon = { rooms: new Set<string>(), users: new Set<string>() }
  let isAllWanted = false

  const ask = async (roomIds: string[], userIds: string[]): Promise<void> => {
    const { rooms, users } = await deps.chat.listHeads({ traceId: createTraceId() }, { roomIds, userIds })
    for (const head of rooms) deps.onRoomHead(head)
    for (const head of users) deps.onUserHead(head)
  }

  const runSoon = async (): Promise<void> => {
    while (soon.rooms.size + soon.users.size > 0) {
      const roomIds = [...soon.rooms].slice(0, idsPerCall)
      const userIds = [...soon.users].slice(0, idsPerCall)
      await ask(roomIds, userIds)
      // Only now: after a failure they are asked for again.
      for (const roomId of roomIds) soon.rooms.delete(roomId)
      for (const userId of userIds) soon.users.delete(userId)
    }
  }

  const runAll = async (): Promise<void> => {
    if (!isAllWanted) return
    isAllWanted = false
    const [roomIds, userIds] = [deps.localRooms(), deps.localUsers()]
    const calls = Math.ceil(Math.max(roomIds.length, userIds.length) / idsPerCall)
    try {
      for (let call = 0; call < calls && !stopping.signal.aborted; call++) {
        if (call > 0) await wait(deps.spreadMs / calls, undefined, { signal: stopping.signal, ref: false })
        const from = call * idsPerCall
        await ask(roomIds.slice(from, from + idsPerCall), userIds.slice(from, from + idsPerCall))
      }
    } catch (error) {
      isAllWanted = true
      if (!stopping.signal.aborted) throw error
    }
  }

  const periodics = [
    createPeriodic('heads of new rooms', runSoon, { intervalMs: soonMs, log: deps.log }),
    createPeriodic('heads of all rooms', runAll, { intervalMs: soonMs / 2, jitter: 0.5, log: deps.log }),
  ]
  for (const periodic of periodics) periodic.start()
  return {
    checkAll: () => {
      isAllWanted = true
    },
    checkSoon: ({ roomId, userId }) => {
      if (roomId !== undefined) soon.rooms.add(roomId)
      if (userId !== undefined) soon.users.add(userId)
    },
    stop: async () => {
      stopping.abort()
      for (const periodic of periodics) await periodic.stop()
    },
  }
}
