import type { GraphModel } from '@tensorflow/tfjs-converter'
import * as tf from '@tensorflow/tfjs-core'
import type { Point } from './align.ts'
import { drawSquare, placeOf, type Pyramid, type Similarity } from './picture.ts'

/** A face as the detector saw it, in pixels of the picture. */
export interface Detection {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
  readonly confidence: number
  /** The person's right one and left one. */
  readonly eyes: readonly [Point, Point]
}

const inputSize = 256
const leastConfidence = 0.5
/** Of two boxes that share more than this part of their union, the less certain one goes. */
const mostShared = 0.3
const mostFaces = 64

/** Where the detector's 896 guesses stand: two on each of 16×16 places, six on each of 8×8. */
const anchors: readonly Point[] = [
  { stride: 16, each: 2 },
  { stride: 32, each: 6 },
].flatMap(({ stride, each }) =>
  Array.from({ length: (inputSize / stride) ** 2 * each }, (_, index): Point => {
    const [place, side] = [Math.floor(index / each), inputSize / stride]
    return [stride * ((place % side) + 0.5), stride * (Math.floor(place / side) + 0.5)]
  }),
)

/** A part of the picture, whole in the detector's square. */
interface Look {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** Overlapping quarters: faces that are small in the whole are twice as large in these. */
const quarter = 0.6

/** Faces, most certain first. @param isPhoto  Also looks at four overlapping quarters. */
export function detectFaces(model: GraphModel, pyramid: Pyramid, isPhoto: boolean): Detection[] {
  const { width, height } = pyramid.levels[0]
  const whole: Look = { left: 0, top: 0, width, height }
  const [partWidth, partHeight] = [width * quarter, height * quarter]
  const quarters = [0, width - partWidth].flatMap((left) =>
    [0, height - partHeight].map((top): Look => ({ left, top, width: partWidth, height: partHeight })),
  )
  return suppress([whole, ...(isPhoto ? quarters : [])].flatMap((look) => detectIn(model, pyramid, look)))
}

function detectIn(model: GraphModel, pyramid: Pyramid, look: Look): Detection[] {
  const scale = Math.max(look.width, look.height) / inputSize
  const place: Similarity = {
    a: scale,
    b: 0,
    left: look.left - (inputSize * scale - look.width) / 2,
    top: look.top - (inputSize * scale - look.height) / 2,
  }
  const guesses = run(model, drawSquare(pyramid, place, inputSize))
  const found: Detection[] = []
  for (const [index, anchor] of anchors.entries()) {
    const [logit = -Infinity, x = 0, y = 0, width = 0, height = 0, ...keypoints] = guesses.subarray(
      index * 17,
      index * 17 + 17,
    )
    const confidence = 1 / (1 + Math.exp(-logit))
    if (confidence < leastConfidence) continue
    const [centreX, centreY] = placeOf(place, anchor[0] + x, anchor[1] + y)
    const eye = (at: number): Point =>
      placeOf(place, anchor[0] + (keypoints[at] ?? 0), anchor[1] + (keypoints[at + 1] ?? 0))
    found.push({
      left: centreX - (width * scale) / 2,
      top: centreY - (height * scale) / 2,
      right: centreX + (width * scale) / 2,
      bottom: centreY + (height * scale) / 2,
      confidence,
      eyes: [eye(0), eye(2)],
    })
  }
  return found
}

/** 896 rows of 17: the logit of a face, its middle, its size, six points of it; all from the anchor in pixels of the input. */
function run(model: GraphModel, square: Float32Array): Float32Array {
  const guesses = tf.tidy(() => {
    const input = tf.sub(tf.div(tf.tensor4d(square, [1, inputSize, inputSize, 3]), 127.5), 1)
    /** True because the model has four outputs: scores and boxes of either grid. */
    const outputs = [...(model.execute(input) as tf.Tensor[])].sort((one, other) => one.size - other.size)
    const [fewScores, manyScores, fewBoxes, manyBoxes] = outputs
    if (!fewScores || !manyScores || !fewBoxes || !manyBoxes) throw new Error('BlazeFace answers otherwise')
    return tf.concat([tf.concat([manyScores, manyBoxes], 2), tf.concat([fewScores, fewBoxes], 2)], 1)
  })
  /** True because its type is float32. */
  const values = guesses.dataSync() as Float32Array
  guesses.dispose()
  return values
}

/** Keeps the most certain of those that are the same face. */
function suppress(found: readonly Detection[]): Detection[] {
  const kept: Detection[] = []
  for (const face of found.toSorted((one, other) => other.confidence - one.confidence))
    if (kept.length < mostFaces && kept.every((other) => !isSame(face, other))) kept.push(face)
  return kept
}

/** Much of their union is shared, or the smaller one lies mostly in the other: a quarter may have cut a face in two. */
export function isSame(one: Detection, other: Detection): boolean {
  const width = Math.min(one.right, other.right) - Math.max(one.left, other.left)
  const height = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top)
  if (width <= 0 || height <= 0) return false
  const shared = width * height
  const [mine, others] = [areaOf(one), areaOf(other)]
  return shared / (mine + others - shared) > mostShared || shared / Math.min(mine, others) > 0.6
}

const areaOf = ({ left, top, right, bottom }: Detection): number => (right - left) * (bottom - top)
