import { join } from 'node:path'
import type { FaceEngine } from '../../services/vision/src/engine/face-engine.ts'
import { lookAtImages, type LookCosts } from './look-at-images.ts'
import { readCsv } from './read-csv.ts'

export interface FaceCounts {
  readonly images: number
  /** By the counts file. */
  readonly faces: number
  /** Of those, 0..1. Counts alone: a wrong box in an image where a face was missed hides both. */
  readonly recall: number
  /** Boxes beyond what an image has, for each 100 faces. */
  readonly extraPer100: number
  /** Images whose count is not what was found: path, faces, found. */
  readonly wrong: readonly { readonly path: string; readonly faces: number; readonly found: number }[]
  readonly costs: LookCosts
}

/** @param folder  Has the images and a `counts.csv` of `path,faces`: how many faces a person sees in each. */
export async function countFaces(engine: FaceEngine, folder: string, atOnce: number): Promise<FaceCounts> {
  const rows = await readCsv(join(folder, 'counts.csv'), ['path', 'faces'])
  const found: number[] = []
  const files = rows.map(({ path }) => join(folder, path))
  const costs = await lookAtImages(
    engine,
    files,
    { kind: 'photo', isEmbedded: false, atOnce },
    (_, analysis, index) => {
      found[index] = analysis.faces.length
    },
  )
  const counted = rows.map(({ path, faces }, index) => ({
    path,
    faces: Number(faces),
    found: found[index] ?? 0,
  }))
  const total = sum(counted.map(({ faces }) => faces))
  return {
    images: rows.length,
    faces: total,
    recall: sum(counted.map((image) => Math.min(image.faces, image.found))) / total,
    extraPer100: (100 * sum(counted.map((image) => Math.max(0, image.found - image.faces)))) / total,
    wrong: counted.filter((image) => image.faces !== image.found),
    costs,
  }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
