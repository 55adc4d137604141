import type { Config } from '@our-now/platform/config/load-config.ts'
import { processSettings } from '@our-now/platform/config/process-settings.ts'
import { Type } from 'typebox'

const perSecond = (fallback: number, description?: string) =>
  Type.Number({
    minimum: 0.01,
    maximum: 1_000_000,
    default: fallback,
    ...(description === undefined ? {} : { description }),
  })
const burst = (fallback: number) => Type.Integer({ minimum: 1, maximum: 10_000_000, default: fallback })

/** What the service itself is set up with; every composition root needs these. */
export const GatewaySettings = Type.Object({
  GATEWAY_HOST: Type.String({ minLength: 1, default: '127.0.0.1' }),
  GATEWAY_PORT: Type.Integer({ minimum: 0, maximum: 65_535, default: 8080, description: '0: a free one' }),
  GATEWAY_PUBLIC_URL: Type.Optional(
    Type.String({
      pattern: '^https?://[^/?#@]+/?$',
      description:
        'where people open the product; absent: this machine only. Decides the allowed origin and the cookie',
    }),
  ),
  GATEWAY_EXTRA_ORIGINS: Type.String({
    default: '',
    description: 'further allowed origins, separated by commas',
  }),
  GATEWAY_TRUST_PROXY: Type.Boolean({
    default: false,
    description: 'one reverse proxy stands in front; its X-Forwarded-For tells the address of clients',
  }),
  GATEWAY_STATIC_DIR: Type.Optional(Type.String({ minLength: 1, description: 'the built web client' })),
  GATEWAY_DOCS_DIR: Type.Optional(
    Type.String({ minLength: 1, description: 'the protocol documents, served at /docs' }),
  ),
  GATEWAY_DRAIN_MS: Type.Integer({
    minimum: 0,
    maximum: 600_000,
    default: 0,
    description: 'time for clients to connect elsewhere when stopping; 0 where there is no elsewhere',
  }),
  GATEWAY_HAS_COALESCED_WRITES: Type.Boolean({
    default: true,
    description: 'write pushes once per tick and socket; false falls back to how Socket.IO writes',
  }),
  GATEWAY_MAX_LAG_MS: Type.Integer({
    minimum: 100,
    maximum: 600_000,
    default: 30_000,
    description: 'a socket that does not read for so long is cut',
  }),
  GATEWAY_HEADS_INTERVAL_MS: Type.Integer({ minimum: 10, maximum: 60_000, default: 2_000 }),
  GATEWAY_HEADS_SPREAD_MS: Type.Integer({
    minimum: 0,
    maximum: 60_000,
    default: 5_000,
    description: 'a check of all rooms against the database is spread over this',
  }),
  GATEWAY_REVOKED_INTERVAL_MS: Type.Integer({ minimum: 10, maximum: 60_000, default: 5_000 }),
  GATEWAY_LEASE_INTERVAL_MS: Type.Integer({ minimum: 10, maximum: 60_000, default: 20_000 }),
  GATEWAY_LEASE_TTL_MS: Type.Integer({ minimum: 1_000, maximum: 120_000, default: 60_000 }),

  GATEWAY_CONNECTIONS_PER_USER: burst(10),
  GATEWAY_CONNECTIONS_PER_ADDRESS: burst(1_000),
  GATEWAY_CONNECTS_PER_SECOND: perSecond(
    200,
    'new connections of everybody, so that a crowd comes back in order',
  ),
  GATEWAY_CONNECTS_BURST: burst(400),

  GATEWAY_SOCKET_COMMANDS_PER_SECOND: perSecond(20),
  GATEWAY_SOCKET_COMMANDS_BURST: burst(40),
  GATEWAY_SOCKET_SENDS_PER_SECOND: perSecond(5),
  GATEWAY_SOCKET_SENDS_BURST: burst(20),
  GATEWAY_SOCKET_SYNCS_PER_SECOND: perSecond(10),
  GATEWAY_SOCKET_SYNCS_BURST: burst(30),
  GATEWAY_SOCKET_TYPING_PER_SECOND: perSecond(1),
  GATEWAY_SOCKET_TYPING_BURST: burst(3),
  GATEWAY_SOCKET_JOINS_PER_SECOND: perSecond(0.5, 'joins of calls'),
  GATEWAY_SOCKET_JOINS_BURST: burst(20),
  GATEWAY_SOCKET_BYTES_PER_SECOND: perSecond(65_536),
  GATEWAY_SOCKET_BYTES_BURST: burst(1_048_576),
  GATEWAY_USER_COMMANDS_PER_SECOND: perSecond(60, 'over all sockets of a person'),
  GATEWAY_USER_COMMANDS_BURST: burst(200),

  GATEWAY_USER_CALLS_PER_SECOND: perSecond(20, 'REST calls of a person'),
  GATEWAY_USER_CALLS_BURST: burst(100),
  GATEWAY_ROUTE_CALLS_PER_SECOND: perSecond(10, 'REST calls of a person to one route'),
  GATEWAY_ROUTE_CALLS_BURST: burst(50),
  GATEWAY_ADDRESS_CALLS_PER_SECOND: perSecond(100, 'REST calls of an address; a company may sit behind one'),
  GATEWAY_ADDRESS_CALLS_BURST: burst(1_000),
  GATEWAY_ADDRESS_SIGN_INS_PER_SECOND: perSecond(4, 'sign-ups, sign-ins, refreshes and resets of an address'),
  GATEWAY_ADDRESS_SIGN_INS_BURST: burst(200),
})
export type GatewayConfig = Config<typeof GatewaySettings>

/** What its own process needs besides. */
export const GatewayProcessSettings = Type.Object({
  ...GatewaySettings.properties,
  AUTH_URL: Type.String({
    minLength: 1,
    description: 'http://auth:4001; several replicas separated by commas',
  }),
  CHAT_URL: Type.String({ minLength: 1, description: 'http://chat:4002' }),
  PRESENCE_URL: Type.String({ minLength: 1, description: 'http://presence:4003' }),
  MEDIA_URL: Type.Optional(
    Type.String({
      minLength: 1,
      description: 'http://media:4005; several nodes separated by commas; absent: no calls',
    }),
  ),
  VISION_URL: Type.String({ minLength: 1, description: 'http://vision:4004' }),
  GATEWAY_METRICS_PORT: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 65_535, description: 'absent: no /metrics' }),
  ),
  GATEWAY_METRICS_HOST: Type.String({ minLength: 1, default: '127.0.0.1' }),
  GATEWAY_TLS_CERT_FILE: Type.Optional(Type.String({ minLength: 1 })),
  GATEWAY_TLS_KEY_FILE: Type.Optional(Type.String({ minLength: 1 })),
  ...processSettings,
})
