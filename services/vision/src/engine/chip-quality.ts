/** Mean luminance (BT.601, 0..255) and variance of the Laplacian (0 is flat) of a square of interleaved RGB, 0..255. */
export function judgeChip(
  chip: Float32Array,
  size: number,
): { readonly brightness: number; readonly sharpness: number } {
  const grey = new Float32Array(size * size)
  for (const at of grey.keys())
    grey[at] = 0.299 * (chip[at * 3] ?? 0) + 0.587 * (chip[at * 3 + 1] ?? 0) + 0.114 * (chip[at * 3 + 2] ?? 0)
  let [sum, squares, count] = [0, 0, 0]
  for (let y = 1; y < size - 1; y += 1)
    for (let x = 1; x < size - 1; x += 1) {
      const at = y * size + x
      const around =
        (grey[at - 1] ?? 0) + (grey[at + 1] ?? 0) + (grey[at - size] ?? 0) + (grey[at + size] ?? 0)
      const laplacian = around - 4 * (grey[at] ?? 0)
      sum += laplacian
      squares += laplacian * laplacian
      count += 1
    }
  const brightness = grey.reduce((total, value) => total + value, 0) / grey.length
  return { brightness, sharpness: squares / count - (sum / count) ** 2 }
}
