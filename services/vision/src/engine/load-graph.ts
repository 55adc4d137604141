import { loadGraphModel, type GraphModel } from '@tensorflow/tfjs-converter'
import type { io } from '@tensorflow/tfjs-core'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { findPackageFolder } from './find-package-folder.ts'

/** The package ships BlazeFace (256 pixels) and FaceMesh (192 pixels), both of MediaPipe, Apache 2.0. */
const modelsFolder = join(findPackageFolder('@vladmandic/human'), 'models')

/** A model of the package by its name, from files and not over the network. The caller disposes it. */
export function loadGraph(name: 'blazeface' | 'facemesh'): Promise<GraphModel> {
  return loadGraphModel({ load: () => readArtifacts(join(modelsFolder, `${name}.json`)) })
}

async function readArtifacts(file: string): Promise<io.ModelArtifacts> {
  /** True because it is TensorFlow.js' own format, in a package of a pinned version. */
  const model = JSON.parse(await readFile(file, 'utf8')) as io.ModelJSON
  const paths = model.weightsManifest.flatMap((group) => group.paths)
  const parts = await Promise.all(paths.map((path) => readFile(join(dirname(file), path))))
  const weights = Buffer.concat(parts)
  return {
    modelTopology: model.modelTopology,
    weightSpecs: model.weightsManifest.flatMap((group) => group.weights),
    weightData: weights.buffer.slice(weights.byteOffset, weights.byteOffset + weights.byteLength),
    ...(model.signature === undefined ? {} : { signature: model.signature }),
    ...(model.userDefinedMetadata === undefined ? {} : { userDefinedMetadata: model.userDefinedMetadata }),
  }
}
