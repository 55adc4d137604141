import type { GraphModel } from '@tensorflow/tfjs-converter'
import { chipPlace, chipSize } from './align.ts'
import { detectFaces, isSame, type Detection } from './blaze-face.ts'
import { judgeChip } from './chip-quality.ts'
import { decodePicture, type Decoded } from './decode-picture.ts'
import type { Embedder } from './embedder.ts'
import type { AnalyseOptions, FaceAnalysis, FaceBox, FoundFace } from './face-engine.ts'
import { meshFace, type FaceMesh } from './face-mesh.ts'
import { drawSquare, mirror, toPyramid } from './picture.ts'

export interface FaceModels {
  readonly blazeFace: GraphModel
  readonly faceMesh: GraphModel
  readonly embedder: Embedder
}

/** Below it the mesh says that this is no face: quarters of a photo are full of things that look like one. */
const leastMeshConfidence = 0.6
/** More chips at once than this only cost memory. */
const chipsAtOnce = 8

/** One picture from its bytes to its faces, in the thread that calls it. @throws {AppError} image_unreadable, image_too_large */
export async function analysePicture(
  models: FaceModels,
  file: Uint8Array,
  { kind, isEmbedded }: Pick<AnalyseOptions, 'kind' | 'isEmbedded'>,
): Promise<FaceAnalysis> {
  const decoded = await decodePicture(file)
  const pyramid = toPyramid(decoded.picture)
  const kept: { detection: Detection; mesh: FaceMesh; chip: Float32Array }[] = []
  for (const detection of detectFaces(models.blazeFace, pyramid, kind === 'photo')) {
    const mesh = meshFace(models.faceMesh, pyramid, detection)
    if (kind === 'photo' && mesh.confidence < leastMeshConfidence) continue
    if (kept.some((other) => isSame(other.detection, detection))) continue
    const chip = drawSquare(
      pyramid,
      chipPlace((index) => mesh.point(index)),
      chipSize,
    )
    kept.push({ detection, mesh, chip })
  }
  kept.sort((one, other) => areaOf(other.detection) - areaOf(one.detection))
  const embeddings = isEmbedded
    ? await embedAll(
        models.embedder,
        kept.map(({ chip }) => chip),
      )
    : []
  const faces = kept.map(({ detection, mesh, chip }, index): FoundFace => {
    const embedding = embeddings[index]
    return {
      box: toBox(detection, decoded),
      confidence: detection.confidence,
      yawDegrees: mesh.yawDegrees,
      pitchDegrees: mesh.pitchDegrees,
      eyeOpenness: mesh.eyeOpenness,
      ...judgeChip(chip, chipSize),
      sizePx: shorterSide(detection) * (decoded.width / decoded.picture.width),
      ...(embedding === undefined ? {} : { embedding }),
    }
  })
  return { width: decoded.width, height: decoded.height, faces }
}

/** Each chip and its mirror image, averaged, of unit length. */
async function embedAll(embedder: Embedder, chips: readonly Float32Array[]): Promise<Float32Array[]> {
  const embeddings: Float32Array[] = []
  for (let from = 0; from < chips.length; from += chipsAtOnce) {
    const some = chips.slice(from, from + chipsAtOnce)
    const raw = await embedder.embed(some.flatMap((chip) => [chip, mirror(chip, chipSize)]))
    for (const index of some.keys()) {
      const [one, other] = [raw[2 * index], raw[2 * index + 1]]
      const sum = Float32Array.from(one ?? [], (value, at) => value + (other?.[at] ?? 0))
      const length = Math.hypot(...sum)
      if (!(length > 0)) throw new Error('an embedding without length')
      embeddings.push(sum.map((value) => value / length))
    }
  }
  return embeddings
}

/** What of the box lies within the picture. */
function toBox({ left, top, right, bottom }: Detection, { picture: { width, height } }: Decoded): FaceBox {
  const within = (value: number): number => Math.min(1, Math.max(0, value))
  const [l, t] = [within(left / width), within(top / height)]
  return { left: l, top: t, width: within(right / width) - l, height: within(bottom / height) - t }
}

const areaOf = ({ left, top, right, bottom }: Detection): number => (right - left) * (bottom - top)
const shorterSide = ({ left, top, right, bottom }: Detection): number => Math.min(right - left, bottom - top)
