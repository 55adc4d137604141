import { workerData } from 'node:worker_threads'
import type { CheckedOnnx } from './check-embedders.ts'
import { createOnnxEmbedder } from './dlib/onnx-embedder.ts'
import { loadNetwork } from './dlib/network.ts'
import { createTfjsEmbedder } from './dlib/tfjs-embedder.ts'
import { writeOnnx } from './dlib/write-onnx.ts'
import { findDeviation } from './embedder-check.ts'
import type { EngineChoice } from './load-models.ts'
import { openTfjs } from './open-tfjs.ts'
import { serveJobs } from './threads/serve-jobs.ts'

/** A thread that makes the ONNX model, compares both embedders, says by how much they differ, and is ended. */
async function check(): Promise<CheckedOnnx | undefined> {
  const network = await loadNetwork()
  const model = writeOnnx(network)
  const embedder = await createOnnxEmbedder(model)
  if (embedder === undefined) return undefined
  /** True because `checkEmbedders` starts it with this. */
  await openTfjs((workerData as EngineChoice).detector)
  const deviation = await findDeviation(embedder, createTfjsEmbedder(network))
  await embedder.close()
  const onnx = new Uint8Array(new SharedArrayBuffer(model.length))
  onnx.set(model)
  return { deviation, onnx }
}

serveJobs(await check(), () => Promise.reject(new Error('this thread does no jobs')))
