import { workerData } from 'node:worker_threads'
import { createOnnxEmbedder } from './dlib/onnx-embedder.ts'
import { loadNetwork } from './dlib/network.ts'
import { createTfjsEmbedder } from './dlib/tfjs-embedder.ts'
import { findDeviation } from './embedder-check.ts'
import type { EngineChoice } from './load-models.ts'
import { openTfjs } from './open-tfjs.ts'
import { serveJobs } from './threads/serve-jobs.ts'

/** A thread that compares both embedders, says by how much they differ, and is ended. */
const network = await loadNetwork()
const onnx = await createOnnxEmbedder(network)
let deviation: number | undefined
if (onnx !== undefined) {
  /** True because `checkEmbedders` starts it with this. */
  await openTfjs((workerData as EngineChoice).detector)
  deviation = await findDeviation(onnx, createTfjsEmbedder(network))
  await onnx.close()
}
serveJobs({ deviation }, () => Promise.reject(new Error('this thread does no jobs')))
