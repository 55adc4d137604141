import { workerData } from 'node:worker_threads'
import { analysePicture } from './analyse-picture.ts'
import type { AnalyseOptions } from './face-engine.ts'
import { loadModels, type ModelSetup } from './load-models.ts'
import { serveJobs } from './threads/serve-jobs.ts'

export interface LookJob {
  readonly file: Uint8Array
  readonly options: Pick<AnalyseOptions, 'kind' | 'isEmbedded'>
}

/** One thread of the engine, with models of its own. */
/** True because `createFaceEngine` starts it with this. */
const models = await loadModels(workerData as ModelSetup)

serveJobs<LookJob>(models.backends, ({ file, options }) => analysePicture(models, file, options))
