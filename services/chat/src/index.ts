import type { Migration } from '@our-now/platform/database/database.ts'
import { outboxMigration } from '@our-now/platform/event-log/outbox.ts'
import { rooms } from './migrations/0001-rooms.ts'
import { people } from './migrations/0002-people.ts'
import { messages } from './migrations/0003-messages.ts'
import { calls } from './migrations/0004-calls.ts'
import { videoRooms } from './migrations/0005-video-rooms.ts'
import { runningCalls } from './migrations/0006-running-calls.ts'
import { lastCalls } from './migrations/0007-last-calls.ts'

export { createChat, type ChatDeps } from './service.ts'
export { ChatSettings, type ChatConfig } from './config.ts'

export const chatMigrations: readonly Migration[] = [
  outboxMigration,
  rooms,
  people,
  messages,
  calls,
  videoRooms,
  runningCalls,
  lastCalls,
]
