import { chipSize } from './align.ts'
import type { Embedder } from './embedder.ts'

/** Two embedders of the same weights differ by rounding: by this much at most, in any of the 128 floats of unit length. */
export const mostDeviation = 1e-3

/** The greatest difference between what two embedders answer for the same chip, each brought to unit length. */
export async function findDeviation(one: Embedder, other: Embedder): Promise<number> {
  const chip = drawPattern()
  const [[mine], [others]] = await Promise.all([one.embed([chip]), other.embed([chip])])
  if (mine?.length !== others?.length || mine === undefined || others === undefined) return Infinity
  const [myLength, otherLength] = [Math.hypot(...mine), Math.hypot(...others)]
  return mine.reduce(
    (most, value, at) => Math.max(most, Math.abs(value / myLength - (others[at] ?? 0) / otherLength)),
    0,
  )
}

/** No face, but something in every part and colour of the chip; always the same. */
function drawPattern(): Float32Array {
  return Float32Array.from({ length: chipSize * chipSize * 3 }, (_, index) => {
    const [place, channel] = [Math.floor(index / 3), index % 3]
    const [x, y] = [place % chipSize, Math.floor(place / chipSize)]
    return 128 + 60 * Math.sin(x / (7 + channel)) + 60 * Math.cos(y / (11 - channel) + x / 23)
  })
}
