import { chipPlace, chipSize } from './align.ts'
import { detectFaces } from './blaze-face.ts'
import { decodePicture } from './decode-picture.ts'
import { loadNetwork } from './dlib/network.ts'
import { createOnnxEmbedder } from './dlib/onnx-embedder.ts'
import { createTfjsEmbedder } from './dlib/tfjs-embedder.ts'
import { judgeChip } from './judge-chip.ts'
import type { AnalyseOptions, FaceAnalysis, FaceEngine, FoundFace } from './face-engine.ts'
import { meshFace } from './face-mesh.ts'
import { loadGraph } from './load-graph.ts'
import { openTfjs, type TfjsBackend } from './open-tfjs.ts'
import { drawSquare, mirror, toPyramid, type Pyramid } from './picture.ts'

/** What a thread does with one picture after the other. */
export interface Pipeline {
  readonly backends: FaceEngine['backends']
  /** Refuses as `FaceEngine.analyse` does, but knows no deadline. */
  analyse(file: Uint8Array, options: Pick<AnalyseOptions, 'kind' | 'isEmbedded'>): Promise<FaceAnalysis>
}

/** Which parts to use, for comparisons; absent: the best that this machine has. */
export interface PipelineOptions {
  readonly detector?: TfjsBackend
  readonly embedder?: 'onnx' | 'tfjs'
}

/** Below it the mesh says that the detector saw no face. */
const leastMeshConfidence = 0.6
/** Chips of one run of the embedder: bounds the memory of a group photo. */
const chipsPerRun = 8

/** Loads models and weights: a second or two, some 200 MB. They stay until the thread ends. */
export async function openPipeline(options: PipelineOptions = {}): Promise<Pipeline> {
  const detector = await openTfjs(options.detector)
  const [blazeFace, faceMesh, network] = await Promise.all([
    loadGraph('blazeface'),
    loadGraph('facemesh'),
    loadNetwork(),
  ])
  const onnx = options.embedder === 'tfjs' ? undefined : await createOnnxEmbedder(network)
  if (options.embedder === 'onnx' && onnx === undefined) throw new Error('onnxruntime-node is not installed')
  const embedder = onnx ?? createTfjsEmbedder(network)

  async function embed(chips: readonly Float32Array[]): Promise<Float32Array[]> {
    const pairs = chips.flatMap((chip) => [chip, mirror(chip, chipSize)])
    const embedded: Float32Array[] = []
    for (let from = 0; from < pairs.length; from += chipsPerRun)
      embedded.push(...(await embedder.embed(pairs.slice(from, from + chipsPerRun))))
    return chips.map((_, index) => meanDirection(embedded.slice(2 * index, 2 * index + 2)))
  }

  return {
    backends: { detector, embedder: embedder.kind },
    analyse: async (file, { kind, isEmbedded }) => {
      const { picture, width, height } = await decodePicture(file)
      const pyramid = toPyramid(picture)
      const found = detectFaces(blazeFace, pyramid, kind === 'photo')
        .map((detection) => ({ detection, mesh: meshFace(faceMesh, pyramid, detection) }))
        .filter(({ mesh }) => mesh.confidence >= leastMeshConfidence)
        .map(({ detection, mesh }) => ({
          detection,
          mesh,
          chip: drawSquare(pyramid, chipPlace(mesh.point), chipSize),
        }))
      const embeddings = isEmbedded ? await embed(found.map(({ chip }) => chip)) : []
      const faces = found.map(({ detection, mesh, chip }, index): FoundFace => {
        const { left, top, right, bottom } = within(pyramid, detection)
        const embedding = embeddings[index]
        return {
          box: {
            left: left / picture.width,
            top: top / picture.height,
            width: (right - left) / picture.width,
            height: (bottom - top) / picture.height,
          },
          confidence: detection.confidence,
          yawDegrees: mesh.yawDegrees,
          pitchDegrees: mesh.pitchDegrees,
          eyeOpenness: mesh.eyeOpenness,
          ...judgeChip(chip, chipSize),
          sizePx: (Math.min(right - left, bottom - top) * width) / picture.width,
          ...(embedding === undefined ? {} : { embedding }),
        }
      })
      return { width, height, faces: faces.toSorted((one, other) => other.sizePx - one.sizePx) }
    },
  }
}

/** The sum of vectors, unit length. */
function meanDirection(vectors: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array(vectors[0]?.length ?? 0)
  for (const vector of vectors) for (const [index, value] of vector.entries()) sum[index] = (sum[index] ?? 0) + value
  const length = Math.hypot(...sum) || 1
  return sum.map((value) => value / length)
}

interface Edges {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** What of a box lies in the picture. */
function within({ levels: [{ width, height }] }: Pyramid, { left, top, right, bottom }: Edges): Edges {
  const [clampX, clampY] = [width, height].map((most) => (value: number) => Math.min(most, Math.max(0, value)))
  if (!clampX || !clampY) throw new Error('two sides')
  return { left: clampX(left), top: clampY(top), right: clampX(right), bottom: clampY(bottom) }
}
