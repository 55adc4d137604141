import type { Config } from '@our-now/platform/config/load-config.ts'
import { eventLogSettings, processSettings } from '@our-now/platform/config/process-settings.ts'
import { Type } from 'typebox'

/** What the service itself is set up with; every composition root needs these. */
export const PresenceSettings = Type.Object({
  PRESENCE_GRACE_MS: Type.Integer({
    minimum: 1,
    maximum: 600_000,
    default: 30_000,
    description:
      'how long somebody without a connection is still shown as before, so that reconnects do not flap',
  }),
  PRESENCE_SWEEP_INTERVAL_MS: Type.Integer({
    minimum: 5,
    maximum: 60_000,
    default: 1_000,
    description: 'changes of one person are told at most once in this time',
  }),
  PRESENCE_FULL_SWEEP_INTERVAL_MS: Type.Integer({
    minimum: 5,
    maximum: 600_000,
    default: 10_000,
    description: 'how often everybody is looked at, to find connections that ended without a word',
  }),
  PRESENCE_SWEEPER_TTL_MS: Type.Integer({
    minimum: 1_000,
    maximum: 600_000,
    default: 5_000,
    description: 'a sweeper that is silent this long loses its place to another replica',
  }),
})
export type PresenceConfig = Config<typeof PresenceSettings>

/** What its own process needs besides. */
export const PresenceProcessSettings = Type.Object({
  ...PresenceSettings.properties,
  PRESENCE_DATABASE_URL: Type.String({
    minLength: 1,
    description: 'sqlite:/path/presence.db or mysql://user:password@host:3306/presence',
  }),
  PRESENCE_PORT: Type.Integer({ minimum: 0, maximum: 65_535, default: 4003 }),
  PRESENCE_HOST: Type.String({ minLength: 1, default: '127.0.0.1' }),
  ...eventLogSettings,
  ...processSettings,
})
