import * as tf from '@tensorflow/tfjs-core'
import { setWasmPaths, setThreadsCount } from '@tensorflow/tfjs-backend-wasm'
import { createRequire } from 'node:module'
import { join, sep } from 'node:path'
import * as util from 'node:util'
import { findPackageFolder } from './find-package-folder.ts'

export type TfjsBackend = 'tfjs-node' | 'wasm'

const require = createRequire(import.meta.url)

/**
 * The fastest backend of TensorFlow.js that this machine has: its native library where it was installed, else WebAssembly.
 * Never the plain `cpu` one, which is twenty times slower. Once per thread.
 *
 * @param wanted  Only this one, for comparisons.
 * @throws {Error} when none can be had
 */
export async function openTfjs(wanted?: TfjsBackend): Promise<TfjsBackend> {
  if (wanted !== 'wasm' && (await openNative())) return 'tfjs-node'
  if (wanted === 'tfjs-node') throw new Error('the native library of @tensorflow/tfjs-node is not installed')
  setWasmPaths(join(findPackageFolder('@tensorflow/tfjs-backend-wasm'), 'wasm-out', sep))
  // Threads need what Node does not have there; ours are worker threads.
  setThreadsCount(1)
  if (!(await tf.setBackend('wasm'))) throw new Error('WebAssembly could not be used')
  await tf.ready()
  return 'wasm'
}

async function openNative(): Promise<boolean> {
  try {
    // It calls what Node has removed (tensorflow/tfjs issue 8609).
    if (Reflect.get(util, 'isNullOrUndefined') === undefined)
      Reflect.set(require('node:util') as object, 'isNullOrUndefined', (value: unknown) => value == null)
    require('@tensorflow/tfjs-node')
    return await tf.setBackend('tensorflow')
  } catch {
    return false
  }
}
