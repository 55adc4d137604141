import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createLogger } from '../packages/platform/src/logging/logger.ts'
import { createFaceEngine } from '../services/vision/src/engine/create-face-engine.ts'
import type { FaceEngine } from '../services/vision/src/engine/face-engine.ts'
import type { EngineChoice } from '../services/vision/src/engine/load-models.ts'
import { countFaces } from './vision-eval/count-faces.ts'
import { judgePairs } from './vision-eval/judge-pairs.ts'
import { lookAtImages } from './vision-eval/look-at-images.ts'
import { acceptedAt, scorePairs } from './vision-eval/score-pairs.ts'

/**
 * How well and at what cost faces are recognised (docs/vision.md says how to read it).
 *
 * --pairs FILE.csv --images DIR   accuracy on pairs; columns path1,path2,same,fold; --count N for N of them
 * --detect DIR                    recall on group photos; DIR has counts.csv of path,faces
 * --engines --images DIR          every engine that loads, with one thread and with two, in one run
 * --repeat N --images DIR         N images one after another: does the memory grow?
 * --json                          the last line is one JSON object
 */
const { values } = parseArgs({
  options: {
    pairs: { type: 'string' },
    images: { type: 'string' },
    detect: { type: 'string' },
    engines: { type: 'boolean', default: false },
    repeat: { type: 'string' },
    count: { type: 'string' },
    threads: { type: 'string', default: '2' },
    detector: { type: 'string' },
    embedder: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
})
const log = createLogger('warn')
const threads = Number(values.threads)

const round = (value: number, digits = 4): number => Number(value.toFixed(digits))
const nameOf = ({ detector, embedder }: FaceEngine['backends']): string => `${detector}+${embedder}`

function say(words: string, figures: Readonly<Record<string, unknown>>): void {
  const text = Object.entries(figures).map(([name, value]) => `${name} ${JSON.stringify(value)}`)
  console.log(`${words}: ${text.join(', ')}`)
}

/** The chosen one, or what loads fastest. */
function readChoice(): EngineChoice {
  const { detector, embedder } = values
  if (detector !== undefined && detector !== 'wasm' && detector !== 'tfjs-node')
    throw new Error('--detector is wasm or tfjs-node')
  if (embedder !== undefined && embedder !== 'onnx' && embedder !== 'tfjs')
    throw new Error('--embedder is onnx or tfjs')
  return { ...(detector ? { detector } : {}), ...(embedder ? { embedder } : {}) }
}

async function listImages(): Promise<string[]> {
  const folder = values.images
  if (folder === undefined) throw new Error('--images DIR is needed')
  const names = await readdir(folder, { recursive: true })
  return names.filter((name) => /\.(jpe?g|png|webp)$/iu.test(name)).map((name) => join(folder, name))
}

async function evaluatePairs(engine: FaceEngine, pairsFile: string): Promise<object> {
  const count = Number(values.count ?? Infinity)
  const { pairs, missed, costs } = await judgePairs(engine, {
    pairsFile,
    images: values.images ?? '.',
    count,
    atOnce: threads * 2,
  })
  const scores = scorePairs(pairs)
  const [at1e2, at1e3] = [acceptedAt(pairs, 1e-2), acceptedAt(pairs, 1e-3)]
  const result = {
    pairs: pairs.length,
    accuracy: round(scores.accuracy),
    auc: round(scores.auc, 5),
    tarFar1e2: round(at1e2.rate),
    tarFar1e3: round(at1e3.rate),
    missed: missed.length,
    cpuMsPerImage: round(costs.cpuMsPerImage, 1),
    engine: nameOf(engine.backends),
  }
  say('accuracy', {
    rate: result.accuracy,
    standardError: round(scores.accuracyError),
    threshold: round(scores.threshold),
  })
  say('area under the curve', { auc: result.auc })
  say('accepted at FAR 1e-2', { rate: result.tarFar1e2, threshold: round(at1e2.threshold) })
  say('accepted at FAR 1e-3', { rate: result.tarFar1e3, threshold: round(at1e3.threshold) })
  say('costs', { ...costs })
  if (missed.length > 0) say('no face found in', { images: missed })
  return result
}

async function evaluateDetection(engine: FaceEngine, folder: string): Promise<object> {
  const { costs, wrong, ...counts } = await countFaces(engine, folder, threads)
  for (const image of wrong) say('counted otherwise', image)
  say('costs', { ...costs })
  const [recall, extraPer100] = [round(counts.recall), round(counts.extraPer100, 1)]
  return {
    ...counts,
    recall,
    extraPer100,
    cpuMsPerImage: round(costs.cpuMsPerImage, 1),
    engine: nameOf(engine.backends),
  }
}

async function watchGrowth(engine: FaceEngine, repeat: number): Promise<object> {
  const images = await listImages()
  const part = Math.ceil(repeat / 10)
  const rssMb: number[] = []
  for (let done = 0; done < repeat; done += part) {
    const files = Array.from(
      { length: Math.min(part, repeat - done) },
      (_, at) => images[(done + at) % images.length] ?? '',
    )
    await lookAtImages(engine, files, { kind: 'selfie', isEmbedded: true, atOnce: threads }, () => undefined)
    rssMb.push(round(process.memoryUsage.rss() / 1e6, 0))
    say('memory', { images: done + files.length, rssMb: rssMb.at(-1) })
  }
  return { images: repeat, rssMb, engine: nameOf(engine.backends) }
}

/** One after another, so that none takes the cores of another. */
async function compareEngines(): Promise<object> {
  const files = (await listImages()).slice(0, Number(values.count ?? 100))
  const engines: object[] = []
  for (const detector of ['tfjs-node', 'wasm'] as const)
    for (const embedder of ['onnx', 'tfjs'] as const)
      for (const threadCount of [1, 2]) {
        const name = nameOf({ detector, embedder })
        const choice = { detector, embedder }
        const engine = await open(threadCount, choice).catch((error: unknown) => {
          say('does not load', {
            engine: name,
            why: error instanceof Error ? rootOf(error).message : error,
          })
        })
        if (engine === undefined) break
        const options = { kind: 'selfie', isEmbedded: true, atOnce: threadCount } as const
        // The first image of a thread pays for what is made on first use.
        await lookAtImages(engine, files.slice(0, threadCount * 3), options, () => undefined)
        const { cpuMsPerImage, imagesPerSecond, rssMb } = await lookAtImages(
          engine,
          files,
          options,
          () => undefined,
        )
        await engine.close()
        const figures = {
          engine: name,
          threads: threadCount,
          cpuMsPerImage: round(cpuMsPerImage, 1),
          imagesPerSecond: round(imagesPerSecond, 1),
          rssMb: round(rssMb, 0),
        }
        say('engine', figures)
        engines.push(figures)
      }
  return { engines }
}

// On a busy machine a picture may wait long: what is measured is not patience.
const open = (count: number, choice: EngineChoice): Promise<FaceEngine> =>
  createFaceEngine({ log, threads: count, mostWaiting: 64, patienceMs: 120_000, choice })

const rootOf = (error: Error): Error => (error.cause instanceof Error ? rootOf(error.cause) : error)

async function evaluate(): Promise<object> {
  if (values.engines) return compareEngines()
  const engine = await open(threads, readChoice())
  try {
    if (values.pairs !== undefined) return await evaluatePairs(engine, values.pairs)
    if (values.detect !== undefined) return await evaluateDetection(engine, values.detect)
    if (values.repeat !== undefined) return await watchGrowth(engine, Number(values.repeat))
    throw new Error('--pairs, --detect, --engines or --repeat is needed')
  } finally {
    await engine.close()
  }
}

const result = await evaluate()
if (values.json) console.log(JSON.stringify(result))
