/** Which gateways may be given work, and how much each has. */
export interface Health {
  /** The least busy of those that are ready; of all, when none says so. */
  pick(): string | undefined
  /** One more request or socket; answers how to end it. */
  use(gateway: string): () => void
  /** It did not answer: nothing for it until it says that it is ready again. */
  suspect(gateway: string): void
  stop(): void
}

const askEveryMs = 500
const answerWithinMs = 1_000

export function createHealth(gateways: readonly string[]): Health {
  const busy = new Map(gateways.map((gateway) => [gateway, 0]))
  const ready = new Set(gateways)
  const ask = async (gateway: string): Promise<void> => {
    try {
      const { ok } = await fetch(`${gateway}/readyz`, { signal: AbortSignal.timeout(answerWithinMs) })
      if (ok) ready.add(gateway)
      else ready.delete(gateway)
    } catch {
      ready.delete(gateway)
    }
  }
  const timer = setInterval(() => {
    for (const gateway of gateways) void ask(gateway)
  }, askEveryMs)
  return {
    pick: () => [...ready].toSorted((a, b) => (busy.get(a) ?? 0) - (busy.get(b) ?? 0))[0],
    use: (gateway) => {
      busy.set(gateway, (busy.get(gateway) ?? 0) + 1)
      let isUsed = true
      return () => {
        if (isUsed) busy.set(gateway, (busy.get(gateway) ?? 1) - 1)
        isUsed = false
      }
    },
    suspect: (gateway) => void ready.delete(gateway),
    stop: () => clearInterval(timer),
  }
}
