import type { Config } from '@our-now/platform/config/load-config.ts'
import { processSettings } from '@our-now/platform/config/process-settings.ts'
import { Type } from 'typebox'

/** What the service itself is set up with; every composition root needs these. */
export const MediaSettings = Type.Object({
  MEDIA_WORKERS: Type.Integer({
    minimum: 0,
    maximum: 256,
    default: 0,
    description: 'mediasoup workers on this machine; 0: one for each core',
  }),
  MEDIA_WORKER_BIN: Type.Optional(
    Type.String({
      minLength: 1,
      description: 'the mediasoup worker; absent: the one of the mediasoup package',
    }),
  ),
  MEDIA_LISTEN_ADDRESS: Type.String({
    minLength: 1,
    default: '127.0.0.1',
    description: 'where workers receive media; 0.0.0.0 for everybody',
  }),
  MEDIA_ANNOUNCED_ADDRESS: Type.Optional(
    Type.String({
      minLength: 1,
      description: 'the address or name under which clients reach it, behind NAT',
    }),
  ),
  MEDIA_PORT_BASE: Type.Integer({
    minimum: 0,
    maximum: 65_000,
    default: 0,
    description: 'UDP and TCP port of the first worker, the others follow; 0: free ones',
  }),
  MEDIA_CALL_PEERS: Type.Integer({
    minimum: 2,
    maximum: 200,
    default: 32,
    description: 'devices that one call may hold',
  }),
  MEDIA_ROUTER_PEERS: Type.Integer({
    minimum: 1,
    maximum: 200,
    default: 12,
    description: 'devices of a call at one worker; more of them go to a further worker of the node',
  }),
  MEDIA_NODE_PEERS: Type.Integer({
    minimum: 1,
    maximum: 200,
    default: 24,
    description: 'devices of a call at one media node; more of them go to a further node, where there is one',
  }),
  MEDIA_NODE_STREAMS: Type.Integer({
    minimum: 1,
    maximum: 100_000,
    default: 400,
    description:
      'streams for each worker; a media node that has more takes no further devices, where another can',
  }),
  MEDIA_PIPE_LISTEN_ADDRESS: Type.Optional(
    Type.String({
      minLength: 1,
      description: 'where pipes between media nodes listen; absent: MEDIA_LISTEN_ADDRESS',
    }),
  ),
  MEDIA_PIPE_ADDRESS: Type.Optional(
    Type.String({
      minLength: 1,
      description: 'the address or name that other media nodes send to; absent: the host of MEDIA_NODE_URL',
    }),
  ),
  MEDIA_SILENCE_MS: Type.Integer({
    minimum: 100,
    maximum: 600_000,
    default: 20_000,
    description: 'a device that says nothing for so long has left',
  }),
  MEDIA_CHECK_INTERVAL_MS: Type.Integer({
    minimum: 50,
    maximum: 60_000,
    default: 400,
    description: 'how often it is asked whether those in a call are still members of its room',
  }),
  MEDIA_RING_MS: Type.Integer({
    minimum: 500,
    maximum: 300_000,
    default: 45_000,
    description: 'how long a 1:1 call rings',
  }),
  MEDIA_REJOIN_MS: Type.Integer({
    minimum: 500,
    maximum: 600_000,
    default: 30_000,
    description: 'how long a call that lost its worker or node waits for those in it',
  }),
  MEDIA_NODE_LEASE_MS: Type.Integer({
    minimum: 200,
    maximum: 60_000,
    default: 2_000,
    description: 'a media node that says nothing for so long has lost its calls to the others',
  }),
  MEDIA_TURN_URLS: Type.String({
    default: '',
    description:
      'turn:host:3478?transport=udp,turns:host:443?transport=tcp … separated by commas; empty: none',
  }),
  MEDIA_TURN_SECRET: Type.String({
    default: '',
    description: 'coturn’s static-auth-secret; from a secret',
  }),
})
export type MediaConfig = Config<typeof MediaSettings>

/** What its own process needs besides. */
export const MediaProcessSettings = Type.Object({
  ...MediaSettings.properties,
  MEDIA_PORT: Type.Integer({ minimum: 0, maximum: 65_535, default: 4005, description: 'the internal port' }),
  MEDIA_HOST: Type.String({ minLength: 1, default: '127.0.0.1' }),
  MEDIA_NODE_URL: Type.Optional(
    Type.String({
      minLength: 1,
      description: 'where other media nodes reach this one; absent: http://MEDIA_HOST:MEDIA_PORT',
    }),
  ),
  CHAT_URL: Type.String({ minLength: 1, description: 'http://chat:4002, replicas separated by commas' }),
  ...processSettings,
})
