import { createLogger } from '@our-now/platform/logging/logger.ts'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createFaceEngine } from '../../services/vision/src/engine/create-face-engine.ts'
import { similarityOf, type FaceEngine } from '../../services/vision/src/engine/face-engine.ts'
import type { PipelineOptions } from '../../services/vision/src/engine/open-pipeline.ts'
import { countFaces } from './count-faces.ts'
import { lookAtAll } from './look-at-all.ts'
import { readPairs } from './read-pairs.ts'
import { scorePairs } from './score-pairs.ts'

/**
 * How well faces are recognised, on pictures of yours:
 *
 *   npm run vision:eval -- --pairs FILE.csv --images DIR [--engine onnx+wasm] [--threads N] [--json]
 *   npm run vision:eval -- --detect DIR --counts FILE.csv [--json]
 *   npm run vision:eval -- --repeat N --images DIR --pairs FILE.csv     the pictures again and again, for memory
 *
 * Pairs: columns `path1,path2,same,fold`. Counts: columns `path,faces`. The last line with `--json` is the figures.
 */
const { values } = parseArgs({
  options: {
    pairs: { type: 'string' },
    images: { type: 'string' },
    detect: { type: 'string' },
    counts: { type: 'string' },
    engine: { type: 'string' },
    threads: { type: 'string', default: '0' },
    repeat: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
})
const [embedder, detector] = values.engine?.split('+') ?? []
/** True because a wrong name is refused by the engine. */
const pipeline = { ...(embedder && { embedder }), ...(detector && { detector }) } as PipelineOptions
const log = createLogger('warn')
const engine = await createFaceEngine({
  threads: Number(values.threads),
  mostWaiting: 1_000_000,
  patienceMs: 120_000,
  pipeline,
  log,
})
const engineName = `${engine.backends.embedder}+${engine.backends.detector}`
try {
  const figures = values.detect === undefined ? await evaluatePairs(engine) : await evaluateDetection(engine)
  console.log(values.json ? JSON.stringify(figures) : figures)
} finally {
  await engine.close()
}

async function evaluatePairs(eyes: FaceEngine): Promise<object> {
  const { pairs: file, images: folder } = values
  if (file === undefined || folder === undefined) throw new Error('--pairs FILE.csv and --images DIR are needed')
  const pairs = await readPairs(file)
  const paths = [...new Set(pairs.flatMap(({ path1, path2 }) => [path1, path2]))]
  const rounds = Number(values.repeat ?? 1)
  let looked = await lookAtAll(eyes, folder, paths)
  for (let round = 1; round * paths.length < rounds; round += 1) {
    looked = await lookAtAll(eyes, folder, paths)
    console.error(`${(round + 1) * paths.length} pictures, ${Math.round(process.memoryUsage.rss() / 1e6)} MB`)
  }
  const scored = pairs.flatMap(({ path1, path2, isSame, fold }) => {
    const [one, other] = [looked.embeddings.get(path1), looked.embeddings.get(path2)]
    // A face that is not found is a wrong answer where they are the same, a right one otherwise.
    const similarity = one === undefined || other === undefined ? -1 : similarityOf(one, other)
    return [{ similarity, isSame, fold }]
  })
  const { pairs: count, accuracy, auc, tarFar1e2, tarFar1e3, ...more } = scorePairs(scored)
  return {
    pairs: count,
    accuracy,
    auc,
    tarFar1e2,
    tarFar1e3,
    missed: paths.length - looked.embeddings.size,
    cpuMsPerImage: looked.cpuMsPerImage,
    engine: engineName,
    ...more,
    imagesPerSecond: looked.imagesPerSecond,
    rssMb: Math.round(process.memoryUsage.rss() / 1e6),
  }
}

async function evaluateDetection(eyes: FaceEngine): Promise<object> {
  const { detect: folder, counts: file } = values
  if (folder === undefined) throw new Error('--detect DIR is needed')
  return {
    ...(await countFaces(eyes, folder, file ?? join(folder, 'counts.csv'), (path) => readFile(join(folder, path)))),
    engine: engineName,
  }
}
