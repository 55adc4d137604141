/** Sizes of a camera's picture as it is sent, from small to full; bits a second each. */
export const cameraEncodings = [
  { rid: 'l', scaleResolutionDownBy: 4, maxBitrate: 120_000 },
  { rid: 'm', scaleResolutionDownBy: 2, maxBitrate: 400_000 },
  { rid: 'h', scaleResolutionDownBy: 1, maxBitrate: 1_500_000 },
]
export const screenMaxBps = 2_500_000
/** Voice in mono; the sound of a shared screen is music as often as not. */
export const voiceMaxBps = 32_000
export const screenAudioMaxBps = 128_000

/**
 * What the full picture of a camera may take, in bits a second: the more people, the smaller everybody's tile, and the
 * less of what is sent is ever seen.
 */
export function fullPictureBps(peers: number): number {
  if (peers <= 2) return 1_500_000
  if (peers <= 4) return 1_200_000
  if (peers <= 9) return 900_000
  return 600_000
}

/** The smallest layer of a 720-line camera that fills a tile; 0 is the smallest. Up to a quarter is scaled up unseen. */
export function layerForHeight(heightPx: number): 0 | 1 | 2 {
  if (heightPx <= 225) return 0
  return heightPx <= 450 ? 1 : 2
}
