/** Where a face is in the picture as a person sees it (EXIF turned): parts of its width and height, 0..1. */
export interface FaceBox {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** One face that was found, and what the mesh says of it. Nothing here outlives the request, except an embedding that a person agreed to keep. */
export interface FoundFace {
  readonly box: FaceBox
  /** The detector's, 0..1. */
  readonly confidence: number
  /** Turned to its left is positive, in degrees, about −90..90. */
  readonly yawDegrees: number
  /** Upwards is positive, in degrees. */
  readonly pitchDegrees: number
  /** Height of the eye's opening by its width: about 0.3 open, below 0.18 closed. */
  readonly eyeOpenness: { readonly left: number; readonly right: number }
  /** Mean luminance of the aligned chip, 0..255. */
  readonly brightness: number
  /** Variance of the Laplacian of the aligned chip: below about 40 it looks blurred. */
  readonly sharpness: number
  /** The shorter side of the box in pixels of the picture. */
  readonly sizePx: number
  /** 128 floats, unit length; only where it was asked for. */
  readonly embedding?: Float32Array
}

export interface FaceAnalysis {
  /** Of the picture as it was sent, turned by its EXIF, in pixels. */
  readonly width: number
  readonly height: number
  /** Largest first. */
  readonly faces: readonly FoundFace[]
}

export interface AnalyseOptions {
  /** `photo`: also looks at overlapping quarters, for small faces in groups. `selfie`: one pass. */
  readonly kind: 'selfie' | 'photo'
  readonly isEmbedded: boolean
  /** The work is given up and answered `timeout` after this moment, by the clock of `performance.now()`. */
  readonly deadlineAtMs?: number
}

/**
 * Looks at pictures. Its threads are its own: `close` ends them.
 *
 * `analyse` refuses with AppError `image_unreadable` (not a picture, or a kind that is not supported), `image_too_large` (more
 * pixels than allowed, found before it is decoded), `overloaded` (the queue is full) and `timeout`. A picture without a face is no error: `faces` is empty.
 */
export interface FaceEngine {
  /** Of the embeddings: those of different models must not be compared. For example `dlib-resnet34-mirror/1`. */
  readonly modelId: string
  /** What was chosen at the start, for the log and the operator. */
  readonly backends: { readonly detector: 'tfjs-node' | 'wasm'; readonly embedder: 'onnx' | 'tfjs' }
  analyse(image: Uint8Array, options: AnalyseOptions): Promise<FaceAnalysis>
  close(): Promise<void>
}

/** Cosine similarity of two embeddings of unit length, −1..1. @throws {RangeError} when their lengths differ. */
export function similarityOf(one: Float32Array, other: Float32Array): number {
  if (one.length !== other.length) throw new RangeError('embeddings of different lengths')
  let sum = 0
  for (let index = 0; index < one.length; index += 1) sum += (one[index] ?? 0) * (other[index] ?? 0)
  return sum
}
