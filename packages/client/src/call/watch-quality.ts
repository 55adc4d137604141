import type { LinkQuality } from './call-state.ts'
import { lossPercent, toQuality, type StreamCount } from './link-quality.ts'

/** How often the browser is asked, in ms. */
const everyMs = 3_000

export interface WatchQualityDeps {
  readonly receiveStats: () => Promise<RTCStatsReport>
  readonly sendStats: () => Promise<RTCStatsReport>
  /** Whose a received track is; undefined when it has gone meanwhile. */
  readonly peerOfTrack: (trackId: string) => string | undefined
  readonly myPeerId: string
  readonly onQuality: (quality: Readonly<Record<string, LinkQuality>>) => void
}

/** Tells how well media travels to and from each peer. Answers how to stop. */
export function watchQuality(deps: WatchQualityDeps): () => void {
  const counts = new Map<string, StreamCount>()
  const timer = setInterval(() => {
    look(deps, counts).then(deps.onQuality, () => undefined)
  }, everyMs)
  return () => clearInterval(timer)
}

async function look(
  { receiveStats, sendStats, peerOfTrack, myPeerId }: WatchQualityDeps,
  counts: Map<string, StreamCount>,
): Promise<Readonly<Record<string, LinkQuality>>> {
  const worst = new Map<string, number>()
  for (const stat of rows(await receiveStats())) {
    if (stat['type'] !== 'inbound-rtp') continue
    const peerId = peerOfTrack(String(stat['trackIdentifier']))
    const now = { received: numberOf(stat['packetsReceived']), lost: numberOf(stat['packetsLost']) }
    const loss = lossPercent(counts.get(String(stat['id'])), now)
    counts.set(String(stat['id']), now)
    if (peerId !== undefined && loss !== undefined) worst.set(peerId, Math.max(worst.get(peerId) ?? 0, loss))
  }
  const quality = Object.fromEntries(
    [...worst].map(([peerId, loss]) => [peerId, toQuality({ lossPercent: loss })]),
  )
  const mine = rows(await sendStats()).filter((stat) => stat['type'] === 'remote-inbound-rtp')
  if (mine.length > 0)
    quality[myPeerId] = toQuality({
      lossPercent: 100 * Math.max(...mine.map((stat) => numberOf(stat['fractionLost']))),
      roundTripMs: 1000 * Math.max(...mine.map((stat) => numberOf(stat['roundTripTime']))),
    })
  return quality
}

const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0)
/** A report is typed as holding anything. */
const rows = (report: RTCStatsReport): readonly Readonly<Record<string, unknown>>[] => {
  const found: Readonly<Record<string, unknown>>[] = []
  report.forEach((stat: Readonly<Record<string, unknown>>) => found.push(stat))
  return found
}
