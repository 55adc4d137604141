import type { Migration } from '@our-now/platform/database/database.ts'
import { people } from './migrations/0001-people.ts'

export { createPresence, type PresenceDeps } from './service.ts'
export { PresenceSettings, type PresenceConfig } from './config.ts'

export const presenceMigrations: readonly Migration[] = [people]
