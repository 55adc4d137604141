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

export interface LoadedModels extends FaceModels {
  readonly backends: FaceEngine['backends']
}

/** All models of one thread. @throws {Error} when what is insisted on is not here */
export async function loadModels(choice: EngineChoice): Promise<LoadedModels> {
  const detector = await openTfjs(choice.detector)
  const [blazeFace, faceMesh] = await Promise.all([loadGraph('blazeface'), loadGraph('facemesh')])
  const embedder = await loadEmbedder(choice.embedder)
  return { blazeFace, faceMesh, embedder, backends: { detector, embedder: embedder.kind } }
}

async function loadEmbedder(wanted: EngineChoice['embedder']): Promise<Embedder> {
  const network = await loadNetwork()
  const onnx = wanted === 'tfjs' ? undefined : await createOnnxEmbedder(network)
  if (onnx === undefined && wanted === 'onnx')
    throw new Error('onnxruntime-node is not installed, or not for this machine')
  return onnx ?? createTfjsEmbedder(network)
}
