import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { FaceEngine } from '../../services/vision/src/engine/face-engine.ts'

export interface Looked {
  /** Of the largest face of each picture that has one, by path. */
  readonly embeddings: ReadonlyMap<string, Float32Array>
  /** Of the whole process: decoding, finding, embedding. */
  readonly cpuMsPerImage: number
  readonly imagesPerSecond: number
}

/** Looks at all pictures, a few at a time. */
export async function lookAtAll(engine: FaceEngine, folder: string, paths: readonly string[]): Promise<Looked> {
  const embeddings = new Map<string, Float32Array>()
  const left = [...paths]
  const before = process.cpuUsage()
  const startedMs = performance.now()
  const work = async (): Promise<void> => {
    for (let path = left.pop(); path !== undefined; path = left.pop()) {
      const { faces } = await engine.analyse(await readFile(join(folder, path)), { kind: 'selfie', isEmbedded: true })
      const embedding = central(faces)?.embedding
      if (embedding !== undefined) embeddings.set(path, embedding)
    }
  }
  await Promise.all(Array.from({ length: 2 * availableParallelism() }, work))
  const seconds = (performance.now() - startedMs) / 1_000
  const { user, system } = process.cpuUsage(before)
  return {
    embeddings,
    cpuMsPerImage: Math.round((user + system) / 1_000 / Math.max(1, paths.length)),
    imagesPerSecond: Math.round((paths.length / seconds) * 10) / 10,
  }
}

/** The pictures of such collections are of whoever is in their middle; others may stand behind. */
function central<F extends { box: { left: number; top: number; width: number; height: number } }>(
  faces: readonly F[],
): F | undefined {
  const away = ({ box }: F): number => Math.hypot(box.left + box.width / 2 - 0.5, box.top + box.height / 2 - 0.5)
  return faces.toSorted((one, other) => away(one) - away(other))[0]
}
