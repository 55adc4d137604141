import type { Migration } from '@our-now/platform/database/database.ts'
import { deadEventsMigration } from '@our-now/platform/event-log/kafka/dead-events.ts'
import { people } from './migrations/0001-people.ts'

export { createPresence, type PresenceDeps } from './service.ts'
export { PresenceSettings, type PresenceConfig } from './config.ts'

export const presenceMigrations: readonly Migration[] = [deadEventsMigration, people]
