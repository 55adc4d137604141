/** Which gateways may be given work, and how much each has. */
export interface Health {
  /** The least busy of those that say they are ready; when none does, of those that only answer late. */
  pick(): string | undefined
  /** One more request or socket; answers how to end it. */
  use(gateway: string): () => void
  /** It did not answer: nothing for it until it says that it is ready again. */
  suspect(gateway: string): void
  stop(): void
}

type State = 'ready' | 'late' | 'away'

const askEveryMs = 500
const answerWithinMs = 1_000

export function createHealth(gateways: readonly string[]): Health {
  const busy = new Map(gateways.map((gateway) => [gateway, 0]))
  const states = new Map<string, State>(gateways.map((gateway) => [gateway, 'ready']))
  const ask = async (gateway: string): Promise<State> => {
    try {
      const { ok } = await fetch(`${gateway}/readyz`, { signal: AbortSignal.timeout(answerWithinMs) })
      return ok ? 'ready' : 'away'
    } catch (error) {
      // On a machine that is short of time everybody is late, and somebody must take people in.
      return error instanceof Error && error.name === 'TimeoutError' ? 'late' : 'away'
    }
  }
  const timer = setInterval(() => {
    for (const gateway of gateways) void ask(gateway).then((state) => states.set(gateway, state))
  }, askEveryMs)
  const leastBusy = (wanted: State): string | undefined =>
    gateways
      .filter((gateway) => states.get(gateway) === wanted)
      .toSorted((a, b) => (busy.get(a) ?? 0) - (busy.get(b) ?? 0))[0]
  return {
    pick: () => leastBusy('ready') ?? leastBusy('late'),
    use: (gateway) => {
      busy.set(gateway, (busy.get(gateway) ?? 0) + 1)
      let isUsed = true
      return () => {
        if (isUsed) busy.set(gateway, (busy.get(gateway) ?? 1) - 1)
        isUsed = false
      }
    },
    suspect: (gateway) => void states.set(gateway, 'away'),
    stop: () => clearInterval(timer),
  }
}
