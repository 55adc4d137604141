import type { LinkQuality } from './call-state.ts'

/** What was counted of a stream up to now. */
export interface StreamCount {
  readonly received: number
  readonly lost: number
}

/** Share of packets that did not arrive between two counts, in percent; undefined when nothing was sent. */
export function lossPercent(before: StreamCount | undefined, now: StreamCount): number | undefined {
  const received = now.received - (before?.received ?? 0)
  // Packets that come late are taken off the lost ones again.
  const lost = Math.max(0, now.lost - (before?.lost ?? 0))
  return received + lost <= 0 ? undefined : (100 * lost) / (received + lost)
}

/** Speech with error correction stands 5 %; above a third of a second people begin to interrupt each other. */
export function toQuality(link: {
  readonly lossPercent?: number
  readonly roundTripMs?: number
}): LinkQuality {
  const { lossPercent: loss = 0, roundTripMs = 0 } = link
  if (loss > 12 || roundTripMs > 800) return 'bad'
  return loss > 4 || roundTripMs > 350 ? 'weak' : 'good'
}
