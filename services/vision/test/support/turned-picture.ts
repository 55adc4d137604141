import type { FaceStep } from '@our-now/contracts/vision/shapes.ts'
import sharp from 'sharp'

/** How far open eyes are pressed together: by so much more than they are high. */
const squeeze = 4

/** A place in a picture, in pixels. */
interface Place {
  readonly x: number
  readonly y: number
  readonly radius: number
}

/**
 * The picture as if the head had turned: what is nearer to the camera (the middle of the face, taken for a ball) moves to
 * the side. That this passes for a turn shows what is said elsewhere: nothing here resists pictures made for it.
 *
 * @param face  Its middle, and half its width.
 * @param by    −1..1: to the picture's left, to its right.
 */
function turnHead(picture: Buffer, face: Place, by: number): Promise<Buffer> {
  return redraw(picture, (x, y) => {
    const far = Math.hypot((x - face.x) / face.radius, (y - face.y) / (face.radius * 1.3))
    return [x - by * face.radius * Math.sqrt(Math.max(0, 1 - far * far)), y]
  })
}

/** The picture as if the eyes were closed: each is squeezed to a slit. */
function closeEyes(picture: Buffer, eyes: readonly Place[]): Promise<Buffer> {
  return redraw(picture, (x, y) => {
    const eye = eyes.find((one) => Math.hypot(x - one.x, y - one.y) < one.radius)
    if (eye === undefined) return [x, y]
    const far = Math.hypot(x - eye.x, y - eye.y) / eye.radius
    return [x, eye.y + (y - eye.y) * (1 + squeeze * (1 - far * far))]
  })
}

/** @param toSource  Where the pixel of a place comes from. */
async function redraw(
  picture: Buffer,
  toSource: (x: number, y: number) => readonly [number, number],
): Promise<Buffer> {
  const { data, info } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const { width, height, channels } = info
  const drawn = Buffer.alloc(data.length)
  const within = (value: number, size: number): number => Math.min(size - 1, Math.max(0, Math.round(value)))
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const [fromX, fromY] = toSource(x, y)
      const from = (within(fromY, height) * width + within(fromX, width)) * channels
      data.copy(drawn, (y * width + x) * channels, from, from + channels)
    }
  return sharp(drawn, { raw: { width, height, channels } }).jpeg({ quality: 92 }).toBuffer()
}

/** What one picture of person `one` becomes when its head turns and its eyes close. */
export async function posesOfOne(shot: Buffer): Promise<Readonly<Record<'straight' | FaceStep, Buffer>>> {
  const face = { x: 372, y: 348, radius: 172 }
  const straight = await turnHead(shot, face, 0.7)
  const right = await turnHead(shot, face, -0.7)
  return {
    straight,
    'turn-right': right,
    // An embedding is the mean of a face and its mirror image, so it is the same.
    'turn-left': await sharp(right).flop().jpeg({ quality: 92 }).toBuffer(),
    blink: await closeEyes(straight, [
      { x: 418, y: 290, radius: 36 },
      { x: 498, y: 310, radius: 36 },
    ]),
  }
}
