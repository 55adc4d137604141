import type { Similarity } from './picture.ts'

export type Point = readonly [x: number, y: number]

/**
 * The turn, scale and shift that bring `template` nearest to `points`, by least squares (closed form of Umeyama 1991 in
 * two dimensions). Both of the same length, two or more.
 */
export function fitSimilarity(template: readonly Point[], points: readonly Point[]): Similarity {
  const [fromX, fromY] = meanOf(template)
  const [toX, toY] = meanOf(points)
  let [along, across, spread] = [0, 0, 0]
  for (const [index, [x, y]] of template.entries()) {
    const [px, py] = points[index] ?? [toX, toY]
    const [u, v, s, t] = [x - fromX, y - fromY, px - toX, py - toY]
    along += u * s + v * t
    across += u * t - v * s
    spread += u * u + v * v
  }
  const [a, b] = [along / spread, across / spread]
  return { a, b, left: toX - a * fromX + b * fromY, top: toY - b * fromX - a * fromY }
}

function meanOf(points: readonly Point[]): Point {
  let [x, y] = [0, 0]
  for (const point of points) {
    x += point[0] / points.length
    y += point[1] / points.length
  }
  return [x, y]
}

/** A side of the chip that the embedder takes, in pixels. */
export const chipSize = 150
/** Around dlib's template there is a quarter of a face. */
const padding = 0.25

/** Corners of the eyes, below the nose, corners of the mouth: points of the mesh, and their places in dlib's template of 0..1. */
const landmarks: readonly { readonly meshPoint: number; readonly at: Point }[] = [
  { meshPoint: 33, at: [0.121737, 0.216423] },
  { meshPoint: 133, at: [0.334606, 0.231733] },
  { meshPoint: 362, at: [0.645647, 0.231733] },
  { meshPoint: 263, at: [0.858516, 0.216423] },
  { meshPoint: 2, at: [0.490127, 0.628106] },
  { meshPoint: 61, at: [0.254149, 0.780233] },
  { meshPoint: 291, at: [0.726104, 0.780233] },
]

/** Where the chip's pixels come from. @param meshPoint  A point of the mesh by its number, in pixels of the picture. */
export function chipPlace(meshPoint: (index: number) => Point): Similarity {
  const template = landmarks.map(({ at: [x, y] }): Point => [
    ((x + padding) / (1 + 2 * padding)) * chipSize,
    ((y + padding) / (1 + 2 * padding)) * chipSize,
  ])
  return fitSimilarity(
    template,
    landmarks.map((landmark) => meshPoint(landmark.meshPoint)),
  )
}
