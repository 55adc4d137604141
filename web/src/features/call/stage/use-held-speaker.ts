import type { CallState } from '@our-now/client/call/call-state.ts'
import { useEffect, useState } from 'react'
import { holdSpeaker, type HeldSpeaker } from './held-speaker.ts'

/** How often it is asked whether somebody has held the floor long enough, in ms. */
const lookMs = 500

/** The peer to show large, who changes seldom. */
export function useHeldSpeaker({ speakerPeerId, tiles }: CallState): string | undefined {
  const [held, setHeld] = useState<HeldSpeaker>()
  const ids = tiles.map(({ peerId }) => peerId).join(' ')
  useEffect(() => {
    const otherPeerIds = ids === '' ? [] : ids.split(' ')
    const look = (): void =>
      setHeld((before) => holdSpeaker(before, { speakerPeerId, otherPeerIds, nowMs: performance.now() }))
    look()
    const timer = setInterval(look, lookMs)
    return () => clearInterval(timer)
  }, [speakerPeerId, ids])
  return held?.peerId
}
