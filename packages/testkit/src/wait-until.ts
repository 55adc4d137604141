import { setTimeout as wait } from 'node:timers/promises'

/**
 * Asks again and again until the answer is neither false nor undefined nor null, and gives it.
 *
 * @param timeoutMs  How long to ask; 5 s.
 * @throws {Error} when the time is over, with what `isTrue` threw last as its cause
 */
export async function waitUntil<T>(
  isTrue: () => T | Promise<T>,
  { timeoutMs = 5_000, everyMs = 5 }: { timeoutMs?: number; everyMs?: number } = {},
): Promise<Exclude<T, false | undefined | null>> {
  const endsAt = performance.now() + timeoutMs
  let lastError: unknown
  for (;;) {
    try {
      const answer = await isTrue()
      /** True because the three excluded values have just been ruled out. */
      if (answer !== false && answer !== undefined && answer !== null)
        return answer as Exclude<T, false | undefined | null>
      lastError = undefined
    } catch (error) {
      lastError = error
    }
    if (performance.now() > endsAt)
      throw new Error(`not true within ${timeoutMs} ms: ${isTrue.toString()}`, { cause: lastError })
    await wait(everyMs)
  }
}
