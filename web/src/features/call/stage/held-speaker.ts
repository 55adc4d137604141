/** Who is shown large for speaking. */
export interface HeldSpeaker {
  readonly peerId: string
  readonly sinceMs: number
}

/** Nobody is taken off the large tile sooner than this, in ms: a cough or a "yes" moves nothing. */
const holdMs = 2_500

/**
 * The next one to be shown large. One's own voice moves nothing, and who left is let go at once.
 *
 * @returns the same object when nothing changes
 */
export function holdSpeaker(
  held: HeldSpeaker | undefined,
  now: {
    readonly speakerPeerId: string | undefined
    readonly otherPeerIds: readonly string[]
    readonly nowMs: number
  },
): HeldSpeaker | undefined {
  const isHere = held !== undefined && now.otherPeerIds.includes(held.peerId)
  const next = now.otherPeerIds.find((peerId) => peerId === now.speakerPeerId)
  if (isHere && (next === undefined || next === held.peerId)) return held
  if (isHere && now.nowMs - held.sinceMs < holdMs) return held
  const peerId = next ?? now.otherPeerIds[0]
  return peerId === undefined ? undefined : { peerId, sinceMs: now.nowMs }
}
