/** Runs something per key at once, then at most once per interval while there is more. */
export interface Pacer {
  /** Asks for a run for `key`. */
  touch(key: string): void
  /** No runs from now on; resolves when those under way have ended. */
  stop(): Promise<void>
}

/**
 * @param intervalMs  Rest between the end of a run and the next for the same key.
 * @param run         Never rejects.
 */
export function createPacer(intervalMs: number, run: (key: string) => Promise<void> | void): Pacer {
  /** Keys that run or rest now, with whether they were touched meanwhile. */
  const busy = new Map<string, { isTouched: boolean }>()
  const timers = new Set<NodeJS.Timeout>()
  const runs = new Set<Promise<void>>()
  let isStopped = false

  function begin(key: string): void {
    const state = { isTouched: false }
    busy.set(key, state)
    const running = Promise.resolve(run(key)).finally(() => {
      runs.delete(running)
      if (!isStopped) rest(key, state)
    })
    runs.add(running)
  }

  function rest(key: string, state: { isTouched: boolean }): void {
    const timer = setTimeout(() => {
      timers.delete(timer)
      if (state.isTouched) begin(key)
      else busy.delete(key)
    }, intervalMs)
    timer.unref()
    timers.add(timer)
  }

  return {
    touch(key) {
      const state = busy.get(key)
      if (state !== undefined) state.isTouched = true
      else if (!isStopped) begin(key)
    },
    async stop() {
      isStopped = true
      for (const timer of timers) clearTimeout(timer)
      await Promise.all(runs)
    },
  }
}
