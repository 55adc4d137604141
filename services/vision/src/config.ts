import type { Config } from '@our-now/platform/config/load-config.ts'
import { processSettings } from '@our-now/platform/config/process-settings.ts'
import { Type } from 'typebox'

/** What the service itself is set up with; every composition root needs these. */
export const VisionSettings = Type.Object({
  VISION_ENABLED: Type.Boolean({
    default: false,
    description:
      'face features, off unless the operator turns them on: read docs/face-data.md first, it is sensitive data',
  }),
  VISION_KEY_FILE: Type.String({
    minLength: 1,
    default: 'data/vision-key',
    description:
      '32 bytes in base64url that wrap the data key of each person; further lines only unwrap. Lost: all faces are lost',
  }),
  VISION_THREADS: Type.Integer({
    minimum: 0,
    maximum: 64,
    default: 0,
    description:
      'threads that look at pictures: about 455 MB with one, 220 MB for each further one; 0: one for each core',
  }),
  VISION_MOST_WAITING: Type.Integer({
    minimum: 1,
    maximum: 10_000,
    default: 64,
    description: 'pictures that wait for a thread; beyond, calls answer overloaded',
  }),
  VISION_TRIES: Type.Integer({
    minimum: 1,
    maximum: 10,
    default: 3,
    description: 'failed sequences before a person’s face does not count for a while',
  }),
  VISION_LOCK_MS: Type.Integer({
    minimum: 1_000,
    maximum: 86_400_000,
    default: 900_000,
    description: 'how long a failed sequence is remembered',
  }),
  VISION_CHALLENGE_TTL_MS: Type.Integer({ minimum: 5_000, maximum: 600_000, default: 60_000 }),
})
export type VisionConfig = Config<typeof VisionSettings>

/** What its own process needs besides. */
export const VisionProcessSettings = Type.Object({
  ...VisionSettings.properties,
  VISION_DATABASE_URL: Type.String({
    minLength: 1,
    description: 'sqlite:/path/vision.db or mysql://user:password@host:3306/vision',
  }),
  VISION_PORT: Type.Integer({ minimum: 0, maximum: 65_535, default: 4004 }),
  VISION_HOST: Type.String({ minLength: 1, default: '127.0.0.1' }),
  CHAT_URL: Type.String({
    minLength: 1,
    description: 'http://chat:4002; several replicas separated by commas',
  }),
  // It pushes to nobody: no socket hub.
  LEASE_STORE_URL: processSettings.LEASE_STORE_URL,
  SERVICE_TOKEN: processSettings.SERVICE_TOKEN,
  LOG_LEVEL: processSettings.LOG_LEVEL,
})
