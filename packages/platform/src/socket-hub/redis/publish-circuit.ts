/** Keeps publishing from waiting for a server that does not answer. */
export interface PublishCircuit {
  /** Runs one publish, unless the circuit is open; never rejects. */
  run(publish: () => Promise<unknown>): void
}

/** Publishes at once on their way; more are dropped: the server is slower than we are, and heads repair. */
const maxInFlight = 10_000
const openForMs = 500

/** @param onLost  Told when pushes begin to be lost. */
export function createPublishCircuit(nowMs: () => number, onLost: (error: unknown) => void): PublishCircuit {
  let openUntilMs = 0
  let inFlight = 0
  const fail = (error: unknown): void => {
    const now = nowMs()
    if (now >= openUntilMs) onLost(error)
    openUntilMs = now + openForMs
  }
  return {
    run: (publish) => {
      if (nowMs() < openUntilMs || inFlight >= maxInFlight) return
      inFlight++
      void publish()
        .catch(fail)
        .finally(() => inFlight--)
    },
  }
}
