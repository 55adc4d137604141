import { readFile } from 'node:fs/promises'
import type {
  AnalyseOptions,
  FaceAnalysis,
  FaceEngine,
} from '../../services/vision/src/engine/face-engine.ts'

/** What looking at all images cost. */
export interface LookCosts {
  readonly images: number
  /** Of all threads of this process, for each image. */
  readonly cpuMsPerImage: number
  readonly imagesPerSecond: number
  /** Of this process, its greatest at the end of an image, in MB. */
  readonly rssMb: number
}

/**
 * Every file through the engine, `atOnce` of them at any time.
 *
 * @param onSeen  Called once for each file.
 */
export async function lookAtImages(
  engine: FaceEngine,
  files: readonly string[],
  { atOnce, ...options }: AnalyseOptions & { readonly atOnce: number },
  onSeen: (file: string, analysis: FaceAnalysis, index: number) => void,
): Promise<LookCosts> {
  const [startedAt, cpuBefore] = [performance.now(), process.cpuUsage()]
  let [next, rss] = [0, 0]
  const lookOn = async (): Promise<void> => {
    while (next < files.length) {
      const index = next++
      const file = files[index] ?? ''
      const analysis = await engine.analyse(await readFile(file), options).catch((error: unknown) => {
        throw new Error(`${file} could not be looked at`, { cause: error })
      })
      onSeen(file, analysis, index)
      rss = Math.max(rss, process.memoryUsage.rss())
    }
  }
  await Promise.all(Array.from({ length: atOnce }, lookOn))
  const { user, system } = process.cpuUsage(cpuBefore)
  return {
    images: files.length,
    cpuMsPerImage: (user + system) / 1_000 / files.length,
    imagesPerSecond: (files.length / (performance.now() - startedAt)) * 1_000,
    rssMb: rss / 1e6,
  }
}
