import type { FaceEngine } from '../../services/vision/src/engine/face-engine.ts'
import { readCsv } from './read-pairs.ts'

export interface DetectionFigures {
  readonly images: number
  readonly faces: number
  readonly found: number
  /** Of the faces there are; a picture's found ones count up to its own number. */
  readonly recall: number
  /** Boxes beyond the number of a picture's faces, per hundred faces. */
  readonly extraPer100: number
  readonly cpuMsPerImage: number
}

/** @param file  Columns `path,faces`: how many faces each picture shows. */
export async function countFaces(
  engine: FaceEngine,
  folder: string,
  file: string,
  read: (path: string) => Promise<Uint8Array>,
): Promise<DetectionFigures> {
  const rows = await readCsv(file, ['path', 'faces'])
  let [faces, found, extra] = [0, 0, 0]
  const before = process.cpuUsage()
  for (const { path, faces: told } of rows) {
    const there = Number(told)
    if (!Number.isInteger(there)) throw new Error(`${file}: "${told}" is no number of faces in ${folder}`)
    const seen = (await engine.analyse(await read(path), { kind: 'photo', isEmbedded: false })).faces.length
    faces += there
    found += Math.min(there, seen)
    extra += Math.max(0, seen - there)
  }
  const { user, system } = process.cpuUsage(before)
  return {
    images: rows.length,
    faces,
    found,
    recall: found / Math.max(1, faces),
    extraPer100: (extra * 100) / Math.max(1, faces),
    cpuMsPerImage: Math.round((user + system) / 1_000 / Math.max(1, rows.length)),
  }
}
