import { Type } from 'typebox'

const onlyInOneProcess = 'redis://host:6379; memory: only where everything is one process'

/** What every service that is a process of its own is told, whatever it does. */
export const processSettings = {
  LEASE_STORE_URL: Type.String({ minLength: 1, default: 'memory:', description: onlyInOneProcess }),
  SOCKET_HUB_URL: Type.String({ minLength: 1, default: 'memory:', description: onlyInOneProcess }),
  SERVICE_TOKEN: Type.String({ minLength: 32, description: 'shared by all services; from a secret' }),
  LOG_LEVEL: Type.String({ default: 'info' }),
}

/** What those are told besides that publish or read events. */
export const eventLogSettings = {
  EVENT_LOG_URL: Type.String({
    minLength: 1,
    description: 'sqlite:/path/events.db or kafka://host:9092,host:9092',
  }),
}
