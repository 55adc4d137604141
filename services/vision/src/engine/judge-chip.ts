import type { FoundFace } from './face-engine.ts'

/** How bright and how sharp an aligned square of interleaved RGB is; of its luminance after Rec. 709. */
export function judgeChip(chip: Float32Array, size: number): Pick<FoundFace, 'brightness' | 'sharpness'> {
  const light = new Float32Array(size * size)
  for (let index = 0; index < light.length; index += 1)
    light[index] =
      0.2126 * (chip[index * 3] ?? 0) + 0.7152 * (chip[index * 3 + 1] ?? 0) + 0.0722 * (chip[index * 3 + 2] ?? 0)
  const brightness = light.reduce((sum, value) => sum + value, 0) / light.length
  return { brightness, sharpness: varianceOfLaplacian(light, size) }
}

/** Edges are where it is large: Pech-Pacheco et al., "Diatom autofocusing in brightfield microscopy", 2000. */
function varianceOfLaplacian(light: Float32Array, size: number): number {
  let [sum, squares, count] = [0, 0, 0]
  const at = (x: number, y: number): number => light[y * size + x] ?? 0
  for (let y = 1; y < size - 1; y += 1)
    for (let x = 1; x < size - 1; x += 1) {
      const value = at(x - 1, y) + at(x + 1, y) + at(x, y - 1) + at(x, y + 1) - 4 * at(x, y)
      sum += value
      squares += value * value
      count += 1
    }
  return squares / count - (sum / count) ** 2
}
