import type { Config } from '@our-now/platform/config/load-config.ts'
import { eventLogSettings, processSettings } from '@our-now/platform/config/process-settings.ts'
import { Type } from 'typebox'

const minuteMs = 60_000
const dayMs = 86_400_000

/** What the service itself is set up with; every composition root needs these. */
export const AuthSettings = Type.Object({
  AUTH_SIGNING_KEY_FILE: Type.String({
    minLength: 1,
    default: 'data/auth-signing-key.pem',
    description: 'PEM with the P-256 private key that signs access tokens; further keys after it only verify',
  }),
  AUTH_REFRESH_KEY_FILE: Type.String({
    minLength: 1,
    default: 'data/auth-refresh-key',
    description:
      '32 or more bytes in base64url that refresh tokens are made with; a new one signs everybody out',
  }),
  AUTH_FACTOR_KEY_FILE: Type.String({
    minLength: 1,
    default: 'data/auth-factor-key',
    description:
      'exactly 32 bytes in base64url that second factors are sealed with; further keys after it only open: without the key nobody passes the second step',
  }),
  AUTH_ACCESS_TOKEN_TTL_MS: Type.Integer({ minimum: 10_000, maximum: 60 * minuteMs, default: 10 * minuteMs }),
  AUTH_REFRESH_TOKEN_TTL_MS: Type.Integer({
    minimum: minuteMs,
    maximum: 400 * dayMs,
    default: 30 * dayMs,
    description: 'a device that is not used signs itself out after this',
  }),
  AUTH_SESSION_TTL_MS: Type.Integer({
    minimum: minuteMs,
    maximum: 400 * dayMs,
    default: 90 * dayMs,
    description: 'a device has to sign in again after this, used or not',
  }),
  AUTH_REFRESH_REPEAT_MS: Type.Integer({
    minimum: 0,
    maximum: 60 * minuteMs,
    default: 5 * minuteMs,
    description: 'how long a refresh token may be repeated while its successor is unused',
  }),
  AUTH_MAX_SESSIONS_PER_ACCOUNT: Type.Integer({ minimum: 1, maximum: 200, default: 100 }),
  AUTH_HASH_CONCURRENCY: Type.Integer({
    minimum: 1,
    maximum: 64,
    default: 2,
    description: 'password hashes at once; each takes 19 MiB and about 11 ms of a core',
  }),
  AUTH_HASH_MAX_WAITING: Type.Integer({ minimum: 0, maximum: 10_000, default: 64 }),
  AUTH_TRIES_PER_ADDRESS_PER_MINUTE: Type.Integer({
    minimum: 1,
    maximum: 1_000_000,
    default: 200,
    description: 'sign-ins, password changes and resets; generous, since a company sits behind one address',
  }),
  AUTH_REGISTRATIONS_PER_ADDRESS_PER_MINUTE: Type.Integer({ minimum: 1, maximum: 1_000_000, default: 60 }),
  AUTH_FREE_FAILURES_PER_ACCOUNT: Type.Integer({
    minimum: 1,
    maximum: 100,
    default: 5,
    description: 'wrong passwords before an account is slowed down: 1 s, 2 s, 4 s …',
  }),
  AUTH_SECOND_FACTOR_TRIES_PER_DAY: Type.Integer({
    minimum: 3,
    maximum: 1_000_000,
    default: 50,
    description: 'second steps of one account in a day, right or wrong, over all its devices',
  }),
  AUTH_MAX_FAILURE_DELAY_MS: Type.Integer({ minimum: 1_000, maximum: 10 * minuteMs, default: minuteMs }),
})
export type AuthConfig = Config<typeof AuthSettings>

/** What its own process needs besides. */
export const AuthProcessSettings = Type.Object({
  ...AuthSettings.properties,
  AUTH_DATABASE_URL: Type.String({
    minLength: 1,
    description: 'sqlite:/path/auth.db or mysql://user:password@host:3306/auth',
  }),
  VISION_URL: Type.Optional(
    Type.String({ minLength: 1, description: 'http://vision:4004; absent: no second step by the camera' }),
  ),
  AUTH_PORT: Type.Integer({ minimum: 0, maximum: 65_535, default: 4001 }),
  AUTH_HOST: Type.String({ minLength: 1, default: '127.0.0.1' }),
  ...eventLogSettings,
  ...processSettings,
})
