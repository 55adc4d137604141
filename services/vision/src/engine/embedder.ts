/** Turns aligned chips into embeddings. */
export interface Embedder {
  readonly kind: 'onnx' | 'tfjs'
  /**
   * @param chips  150 × 150 interleaved RGB, 0..255.
   * @returns 128 floats for each, not of unit length
   */
  embed(chips: readonly Float32Array[]): Promise<Float32Array[]>
  close(): Promise<void>
}
