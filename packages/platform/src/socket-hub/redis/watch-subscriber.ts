import type { Redis } from 'ioredis'

/** Asked for a sign of life this often, in ms: a line that went dead in silence looks like one on which nobody talks. */
const askMs = 2_000

/**
 * Tells when a subscriber is back after it was cut: what was published meanwhile never comes. A line that does not
 * answer is cut by the client's own time for it.
 *
 * @returns what ends the watching
 */
export function watchSubscriber(subscriber: Redis, onBack: () => void): () => void {
  let wasAway = false
  const noteAway = (): void => {
    wasAway = true
  }
  const noteReady = (): void => {
    if (wasAway) onBack()
    wasAway = false
  }
  const ask = (): void => {
    // Elsewhere it would wait in line, one more each time.
    if (subscriber.status === 'ready') subscriber.ping().catch(() => undefined)
  }
  subscriber.on('close', noteAway)
  subscriber.on('ready', noteReady)
  const timer = setInterval(ask, askMs)
  timer.unref()
  return () => {
    clearInterval(timer)
    subscriber.off('close', noteAway)
    subscriber.off('ready', noteReady)
  }
}
