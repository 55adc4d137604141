import type { Published, SocketHub } from '@our-now/platform/socket-hub/socket-hub.ts'

export interface ListeningHub {
  readonly hub: SocketHub
  /** What was published so far, in order. */
  readonly pushes: readonly Published[]
}

/** A hub without gateways that keeps what services say on it. */
export function createListeningHub(): ListeningHub {
  const pushes: Published[] = []
  return {
    pushes,
    hub: {
      /** True because `Published` ties each name to its payload, as the signature does. */
      publish: (channel, name, payload) => void pushes.push({ channel, name, payload } as Published),
      attach: () => ({ isLagging: () => false, detach: () => undefined }),
      onDisturbed: () => undefined,
      close: async () => undefined,
    },
  }
}
