/** Decoded pixels as a person sees them: RGB, row by row, 0..255. */
export interface Picture {
  readonly width: number
  readonly height: number
  readonly rgb: Uint8Array
}

/** A picture in halving sizes: whoever draws it much smaller begins from a size near it, so that nothing glitters. */
export interface Pyramid {
  readonly levels: readonly [Picture, ...Picture[]]
}

const smallestSide = 32

export function toPyramid(picture: Picture): Pyramid {
  const levels: [Picture, ...Picture[]] = [picture]
  for (let last = picture; Math.min(last.width, last.height) >= 2 * smallestSide;) {
    last = halve(last)
    levels.push(last)
  }
  return { levels }
}

/** The mean of each four pixels; an odd last row or column is left out. */
function halve({ width, height, rgb }: Picture): Picture {
  const [halfWidth, halfHeight] = [width >> 1, height >> 1]
  const half = new Uint8Array(halfWidth * halfHeight * 3)
  for (let y = 0, to = 0; y < halfHeight; y += 1)
    for (let x = 0; x < halfWidth; x += 1)
      for (let channel = 0; channel < 3; channel += 1, to += 1) {
        const at = (2 * y * width + 2 * x) * 3 + channel
        const below = at + width * 3
        half[to] = ((rgb[at] ?? 0) + (rgb[at + 3] ?? 0) + (rgb[below] ?? 0) + (rgb[below + 3] ?? 0) + 2) >> 2
      }
  return { width: halfWidth, height: halfHeight, rgb: half }
}

/** Where a drawn pixel comes from: x = a·u − b·v + left, y = b·u + a·v + top. A turn, a scale and a shift, no shear. */
export interface Similarity {
  readonly a: number
  readonly b: number
  readonly left: number
  readonly top: number
}

export const placeOf = ({ a, b, left, top }: Similarity, u: number, v: number): readonly [number, number] => [
  a * u - b * v + left,
  b * u + a * v + top,
]

/**
 * Draws a square of `size` pixels; what lies outside of the picture is black. Interleaved RGB, 0..255, as floats for the
 * models that take it.
 */
export function drawSquare({ levels }: Pyramid, from: Similarity, size: number): Float32Array {
  const scale = Math.hypot(from.a, from.b)
  const level = Math.min(levels.length - 1, Math.max(0, Math.floor(Math.log2(scale))))
  const { width, height, rgb } = levels[level] ?? levels[0]
  const shrink = 2 ** level
  const drawn = new Float32Array(size * size * 3)
  for (let v = 0, to = 0; v < size; v += 1)
    for (let u = 0; u < size; u += 1, to += 3) {
      const [fullX, fullY] = placeOf(from, u + 0.5, v + 0.5)
      const [x, y] = [fullX / shrink - 0.5, fullY / shrink - 0.5]
      if (x <= -1 || y <= -1 || x >= width || y >= height) continue
      const [x0, y0] = [Math.max(0, Math.floor(x)), Math.max(0, Math.floor(y))]
      const [x1, y1] = [Math.min(width - 1, x0 + 1), Math.min(height - 1, y0 + 1)]
      const [dx, dy] = [Math.min(1, Math.max(0, x - x0)), Math.min(1, Math.max(0, y - y0))]
      const [at00, at10] = [(y0 * width + x0) * 3, (y0 * width + x1) * 3]
      const [at01, at11] = [(y1 * width + x0) * 3, (y1 * width + x1) * 3]
      for (let channel = 0; channel < 3; channel += 1) {
        const above = (rgb[at00 + channel] ?? 0) * (1 - dx) + (rgb[at10 + channel] ?? 0) * dx
        const below = (rgb[at01 + channel] ?? 0) * (1 - dx) + (rgb[at11 + channel] ?? 0) * dx
        drawn[to + channel] = above * (1 - dy) + below * dy
      }
    }
  return drawn
}

/** From left to right and back. */
export function mirror(square: Float32Array, size: number): Float32Array {
  const mirrored = new Float32Array(square.length)
  for (let v = 0; v < size; v += 1)
    for (let u = 0; u < size; u += 1) {
      const at = (v * size + u) * 3
      mirrored.set(square.subarray(at, at + 3), (v * size + (size - 1 - u)) * 3)
    }
  return mirrored
}
