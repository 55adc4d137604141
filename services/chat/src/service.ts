import type { ChatApi } from '@our-now/contracts/chat.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { retryDeadlocks } from '@our-now/platform/database/retry-deadlocks.ts'
import type { EventLog } from '@our-now/platform/event-log/event-log.ts'
import { createOutboxRelay } from '@our-now/platform/event-log/outbox-relay.ts'
import type { LeaseStore } from '@our-now/platform/lease-store/lease-store.ts'
import type { Service } from '@our-now/platform/lifecycle/service.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import type { SocketHub } from '@our-now/platform/socket-hub/socket-hub.ts'
import type { Metrics } from '@our-now/platform/telemetry/create-metrics.ts'
import type { ChatConfig } from './config.ts'
import { createReadCursorMover } from './cursors/move-read-cursor.ts'
import { createCursorPusher } from './cursors/push-cursors.ts'
import { createDoubts } from './heads/doubts.ts'
import { createRecentHeads } from './heads/recent-heads.ts'
import { createPeople } from './people/people-api.ts'
import { createEnsureSelfRoom } from './rooms/ensure-self-room.ts'
import { createRoomsApi } from './rooms-api.ts'
import { createPublishUserEvents } from './user-log/publish-user-events.ts'
import { createVideoRoomsApi } from './video-rooms/video-rooms-api.ts'
import { createPushWritten } from './writer/push-written.ts'
import { createRoomWriter } from './writer/room-writer.ts'

/** Opened by the caller, who closes them after `stop`. */
export interface ChatDeps {
  readonly database: Database
  readonly eventLog: EventLog
  /** Holds who waits in lobbies. */
  readonly leaseStore: LeaseStore
  readonly hub: SocketHub
  readonly clock: Clock
  readonly log: Logger
  readonly config: ChatConfig
  /** Undefined: nobody asks for numbers. */
  readonly metrics?: Metrics
}

/** A transaction on a server costs both sides a millisecond of CPU whatever is in it; in a file it is cheap. */
const gapMsFor = { sqlite: 0, mysql: 5 }

/** People, rooms, and what is said in them. */
export function createChat(deps: ChatDeps): Service<ChatApi> {
  const { hub, clock, log, config } = deps
  const heads = createRecentHeads({ clock })
  const doubts = createDoubts({ onDoubt: () => heads.beginAnew() })
  const database = doubts.noticeIn(deps.database)
  const relay = createOutboxRelay(deps)
  const cursorPusher = createCursorPusher({ hub, intervalMs: config.chatCursorPushMs })
  const publishUserEvents = createPublishUserEvents({ hub, heads })
  const pushWritten = createPushWritten({ hub, heads, cursorPusher, publishUserEvents })
  const writer = createRoomWriter({
    database,
    clock,
    log: log.child({ component: 'room-writer' }),
    onWritten: (written) => {
      pushWritten(written)
      relay.nudge()
    },
    lanes: {
      count: config.chatLanes,
      gapMs: config.chatCommitGapMs ?? gapMsFor[database.dialect],
      maxOperations: config.chatBatchMaxEvents,
      maxBytes: config.chatBatchMaxBytes,
      maxWaiting: config.chatLaneMaxWaiting,
    },
  })
  const cursorMover = createReadCursorMover({
    writer,
    coalesceMs: config.chatCursorCoalesceMs,
    maxWaiting: config.chatCursorsMaxWaiting,
  })
  const people = createPeople({
    database: retryDeadlocks(database),
    clock,
    log: log.child({ component: 'people' }),
    publish: (events) => {
      publishUserEvents(events)
      relay.nudge()
    },
    ensureSelfRoom: createEnsureSelfRoom({ database, writer }),
    maxListed: config.chatMaxListedPeople,
  })

  return {
    name: 'chat',
    api: {
      ...people.api,
      ...createVideoRoomsApi({
        database,
        writer,
        leaseStore: deps.leaseStore,
        hub,
        clock,
        maxMembers: config.chatRoomMaxMembers,
      }),
      ...createRoomsApi({ database, writer, heads, moveReadCursor: cursorMover.moveReadCursor, config }),
    },
    start: async () => {
      relay.start()
      people.start()
    },
    stop: async () => {
      await people.stop()
      await cursorMover.stop()
      await writer.stop()
      await cursorPusher.stop()
      await relay.stop()
      doubts.stop()
    },
    unreadyReason: () => database.unreadyReason(),
  }
}
