import type { Service } from './service.ts'

/** What was opened and started, to be closed and stopped in the reverse order. */
export interface Scope {
  /** Closes it when its turn comes. @returns the same thing. */
  own<T extends { close(): Promise<void> | void }>(thing: T): T
  /** Starts it; `stop` stops it, also when starting failed half way. */
  start(service: Pick<Service<unknown>, 'start' | 'stop'>): Promise<void>
  /**
   * Closes everything, the last first, one after the other. What fails does not keep the rest from closing. Safe to
   * call twice: the second call waits for the first.
   *
   * @throws what failed (several: nested in a SuppressedError)
   */
  stop(): Promise<void>
}

export function createScope(): Scope {
  const stack = new AsyncDisposableStack()
  let stopping: Promise<void> | undefined
  return {
    own: (thing) => stack.adopt(thing, async (owned) => owned.close()),
    start: async (service) => {
      stack.adopt(service, (owned) => owned.stop())
      await service.start()
    },
    stop: () => (stopping ??= stack.disposeAsync()),
  }
}
