import type { FaceModels } from './analyse-picture.ts'
import { loadNetwork } from './dlib/network.ts'
import { createOnnxEmbedder } from './dlib/onnx-embedder.ts'
import { createTfjsEmbedder } from './dlib/tfjs-embedder.ts'
import type { Embedder } from './embedder.ts'
import type { FaceEngine } from './face-engine.ts'
import { loadGraph } from './load-graph.ts'
import { openTfjs } from './open-tfjs.ts'

/** What somebody insists on; undefined: the fastest that loads. */
export interface EngineChoice {
  readonly detector?: FaceEngine['backends']['detector']
  readonly embedder?: FaceEngine['backends']['embedder']
}

/** What a thread is told to load. */
export interface ModelSetup {
  readonly detector?: FaceEngine['backends']['detector']
  /** Of `writeOnnx`, in memory that all threads share. Undefined: TensorFlow.js embeds. */
  readonly onnx?: Uint8Array
}

export interface LoadedModels extends FaceModels {
  readonly backends: FaceEngine['backends']
}

/** All models of one thread. @throws {Error} when what it is told to load is not here */
export async function loadModels({ detector: wanted, onnx }: ModelSetup): Promise<LoadedModels> {
  const detector = await openTfjs(wanted)
  const [blazeFace, faceMesh] = await Promise.all([loadGraph('blazeface'), loadGraph('facemesh')])
  const embedder = onnx === undefined ? createTfjsEmbedder(await loadNetwork()) : await openOnnx(onnx)
  return { blazeFace, faceMesh, embedder, backends: { detector, embedder: embedder.kind } }
}

async function openOnnx(onnx: Uint8Array): Promise<Embedder> {
  // A copy: native code takes no memory that threads share.
  const embedder = await createOnnxEmbedder(Uint8Array.from(onnx))
  if (embedder === undefined) throw new Error('onnxruntime-node was here when it was checked, and is gone')
  return embedder
}
