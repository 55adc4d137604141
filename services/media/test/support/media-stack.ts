import type { RunningCall } from '@our-now/contracts/chat/call-operations.ts'
import type { ChatApi } from '@our-now/contracts/chat.ts'
import type { CallContext } from '@our-now/contracts/service-contract.ts'
import { systemClock as clock } from '@our-now/platform/clock/clock.ts'
import { loadConfig } from '@our-now/platform/config/load-config.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { LeaseStore } from '@our-now/platform/lease-store/lease-store.ts'
import { openLeaseStore } from '@our-now/platform/lease-store/open-lease-store.ts'
import { mediaContract, type CallEvent, type MediaApi } from '@our-now/contracts/media.ts'
import type { SocketHub } from '@our-now/platform/socket-hub/socket-hub.ts'
import { callDirectly } from '@our-now/platform/service-call/call-directly.ts'
import { createTestLog } from '@our-now/testkit/test-log.ts'
import { createMedia, MediaSettings, type Media, type MediaDeps } from '../../src/index.ts'

type Filtered = Parameters<ChatApi['filterMembers']>[1]
type Kept = Parameters<ChatApi['keepCalls']>[1]

export interface MediaStack {
  readonly media: Media
  /** Guarded, as the gateway holds it. */
  readonly api: MediaApi
  /** Everything that was told to devices so far. */
  readonly told: readonly CallEvent[]
  /** What rooms were told of their calls, and people of calls they missed. */
  readonly pushed: readonly { readonly channel: string; readonly name: string; readonly payload: unknown }[]
  /** What chat was told of calls. */
  readonly recorded: Parameters<ChatApi['recordCall']>[1][]
  /** What chat answers about rooms that are no groups. */
  readonly callRooms: Map<string, Awaited<ReturnType<ChatApi['getCallRoom']>>>
  /** Who owns which group. */
  readonly owners: Map<string, string>
  /** Calls that chat knows no end of, by id. */
  readonly running: Map<string, RunningCall>
  /** The next so many lines are not written: chat is away. */
  failChat(count: number): void
  /** Who is in which room: `room user`. */
  readonly members: Set<string>
  close(): Promise<void>
}

/** What was there before, or is beside it. */
interface MediaSurroundings {
  readonly running?: MediaStack['running']
  readonly nodes?: MediaDeps['nodes']
}

/** The media service with real workers; of chat it has only the answer to who is in a room. */
export async function startMedia(
  workerBin: string,
  settings: Readonly<Record<string, string>> = {},
  sharedLeases?: LeaseStore,
  { running = new Map(), nodes }: MediaSurroundings = {},
): Promise<MediaStack> {
  const log = createTestLog()
  const members = new Set<string>()
  const told: CallEvent[] = []
  const pushed: { channel: string; name: string; payload: unknown }[] = []
  const recorded: MediaStack['recorded'] = []
  const callRooms: MediaStack['callRooms'] = new Map()
  const owners = new Map<string, string>()
  let failures = 0
  const hub: SocketHub = {
    publish: (channel, name, payload) => {
      if (name !== 'call:event') pushed.push({ channel, name, payload })
      /** True because the name says which payload it is. */
      if (name === 'call:event') told.push(payload as CallEvent)
    },
    attach: () => ({ isLagging: () => false, detach: () => undefined }),
    onDisturbed: () => undefined,
    close: async () => undefined,
  }
  const leaseStore = sharedLeases ?? (await openLeaseStore('memory:', { clock, log }))
  const chat = {
    getRoom: async ({ userId }: CallContext, { roomId }: { roomId: string }) => {
      if (!members.has(`${roomId} ${userId}`)) throw new AppError('room_not_found')
      /** True as far as media looks: it only asks whether there is an answer. */
      return {} as never
    },
    filterMembers: async (_context: CallContext, { roomId, userIds }: Filtered) => {
      const there = userIds.filter((userId) => members.has(`${roomId} ${userId}`))
      return { membershipRev: 0, userIds: there, memberCount: there.length }
    },
    getCallRoom: async ({ userId }: CallContext, { roomId }: { roomId: string }) => {
      if (!members.has(`${roomId} ${userId}`)) throw new AppError('room_not_found')
      const role = owners.get(roomId) === userId ? ('owner' as const) : ('member' as const)
      const room = callRooms.get(roomId) ?? { kind: 'group' as const, role }
      const call = [...running.values()].find((each) => each.roomId === roomId)
      return { ...room, ...(call && { running: call }) }
    },
    recordCall: async (_context: CallContext, line: MediaStack['recorded'][number]) => {
      failures -= 1
      if (failures >= 0) throw new AppError('unavailable')
      recorded.push(line)
      const { end, callId, ...call } = line
      const isDirect = callRooms.get(line.roomId)?.kind === 'direct'
      if (end === undefined) running.set(callId, { ...call, callId, isDirect, seenAt: line.startedAt })
      else running.delete(callId)
      return {}
    },
    keepCalls: async (_context: CallContext, { calls, seenAt }: Kept) => {
      for (const { callId, answeredAt } of calls) {
        const call = running.get(callId)
        if (call !== undefined) running.set(callId, { ...call, seenAt, ...(answeredAt && { answeredAt }) })
      }
      return {}
    },
    listLostCalls: async (_context: CallContext, { seenBefore }: { seenBefore: number }) => ({
      calls: [...running.values()].filter(({ seenAt }) => seenAt < seenBefore),
    }),
  }
  const config = loadConfig(MediaSettings, {
    MEDIA_WORKERS: '2',
    MEDIA_WORKER_BIN: workerBin,
    MEDIA_CHECK_INTERVAL_MS: '50',
    ...settings,
  })
  const media = createMedia({ chat, hub, leaseStore, clock, log, config, ...(nodes && { nodes }) })
  await media.start()
  return {
    media,
    api: callDirectly(mediaContract, media.api, { log, clock }),
    told,
    pushed,
    recorded,
    callRooms,
    owners,
    running,
    failChat: (count) => {
      failures = count
    },
    members,
    close: async () => {
      await media.stop()
      if (sharedLeases === undefined) await leaseStore.close()
    },
  }
}
