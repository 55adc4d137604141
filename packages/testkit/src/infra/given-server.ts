import type { InfraServer } from './infra-server.ts'

/** A server that somebody else runs: it is used and never stopped from here. */
export const toGivenServer = (url: string): InfraServer => ({
  url,
  port: Number(/:(\d+)(?:[/,]|$)/.exec(url)?.[1] ?? 0),
  pid: undefined,
  ended: new Promise(() => undefined),
  stop: async () => undefined,
  kill: async () => undefined,
})
