import type { Config } from '@our-now/platform/config/load-config.ts'
import { eventLogSettings, processSettings } from '@our-now/platform/config/process-settings.ts'
import { Type } from 'typebox'

const setting = (fallback: number, description: string, range: { minimum: number; maximum: number }) =>
  Type.Integer({ default: fallback, description, ...range })

/** How the rooms are written and told. Defaults suit one machine; a large deployment raises lanes and queues. */
export const ChatSettings = Type.Object({
  CHAT_LANES: setting(
    1,
    'Serial writers of a replica; more share fewer commits, and pay where the disk is slow to sync.',
    { minimum: 1, maximum: 64 },
  ),
  CHAT_COMMIT_GAP_MS: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 1_000,
      description:
        'Least time between the beginnings of two transactions of a lane, in ms; absent: what suits the database, which is 0 for SQLite and 5 for MySQL.',
    }),
  ),
  CHAT_BATCH_MAX_EVENTS: setting(256, 'Most operations in one transaction.', { minimum: 1, maximum: 256 }),
  CHAT_BATCH_MAX_BYTES: setting(512 * 1024, 'Most bytes in one transaction.', {
    minimum: 1_024,
    maximum: 8 * 1024 * 1024,
  }),
  CHAT_LANE_MAX_WAITING: setting(5_000, 'Most operations waiting per lane; beyond: overloaded.', {
    minimum: 1,
    maximum: 1_000_000,
  }),
  CHAT_ROOM_MAX_MEMBERS: setting(1_000, 'Most members of a room.', { minimum: 2, maximum: 2_000 }),
  CHAT_MAX_LISTED_PEOPLE: setting(5_000, 'Most friends of one person, and most people blocked by one.', {
    minimum: 1,
    maximum: 100_000,
  }),
  CHAT_DELETE_WINDOW_MS: setting(24 * 3_600_000, 'How long a message may be deleted for everyone, in ms.', {
    minimum: 0,
    maximum: 10 * 365 * 24 * 3_600_000,
  }),
  CHAT_CURSOR_COALESCE_MS: setting(250, 'Least time between two writes of one room’s read cursors, in ms.', {
    minimum: 0,
    maximum: 5_000,
  }),
  CHAT_CURSOR_PUSH_MS: setting(500, 'Least time between two pushes of one room’s read cursors, in ms.', {
    minimum: 0,
    maximum: 10_000,
  }),
  CHAT_CURSORS_MAX_WAITING: setting(10_000, 'Most cursor moves waiting to be written; beyond: overloaded.', {
    minimum: 1,
    maximum: 1_000_000,
  }),
})
export type ChatConfig = Config<typeof ChatSettings>

/** What its own process needs besides. */
export const ChatProcessSettings = Type.Object({
  ...ChatSettings.properties,
  CHAT_DATABASE_URL: Type.String({
    minLength: 1,
    description: 'sqlite:/path/chat.db or mysql://user:password@host:3306/chat',
  }),
  CHAT_PORT: Type.Integer({ minimum: 0, maximum: 65_535, default: 4002 }),
  CHAT_HOST: Type.String({ minLength: 1, default: '127.0.0.1' }),
  ...eventLogSettings,
  ...processSettings,
})
