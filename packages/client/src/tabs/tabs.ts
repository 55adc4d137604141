/** What several tabs of one browser share. Names are scoped by the caller (one account, one purpose). */
export interface Tabs {
  /** Runs the work while no other tab runs work under the same name. Waits for its turn. */
  withLock<T>(name: string, work: () => Promise<T>): Promise<T>
  /** Messages to the other tabs (never to oneself). Close it. */
  openChannel(name: string, onMessage: (message: unknown) => void): TabChannel
}

export interface TabChannel {
  post(message: unknown): void
  close(): void
}

/** One client alone: tests, bots, the load harness. */
export function createSingleTab(): Tabs {
  return {
    withLock: (_name, work) => work(),
    openChannel: () => ({ post: () => undefined, close: () => undefined }),
  }
}

/**
 * Web Locks and BroadcastChannel. Pages without a secure context have no locks: then two tabs may do the same work at
 * once, which the server's idempotence makes harmless (a message keeps its id, a refresh is tolerated for a moment).
 */
export function createBrowserTabs(): Tabs {
  const locks = globalThis.navigator?.locks
  return {
    withLock: async (name, work) => {
      if (!locks) return work()
      return locks.request(name, work)
    },
    openChannel: (name, onMessage) => {
      const channel = new BroadcastChannel(name)
      channel.addEventListener('message', (event) => onMessage(event.data))
      return {
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target
        post: (message) => channel.postMessage(message),
        close: () => channel.close(),
      }
    },
  }
}
