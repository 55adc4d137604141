import type { Logger } from '@our-now/platform/logging/logger.ts'
import { mostDeviation } from './embedder-check.ts'
import type { EngineChoice, ModelSetup } from './load-models.ts'
import { startThread } from './threads/start-thread.ts'

export interface CheckedOnnx {
  /** From what TensorFlow.js answers. */
  readonly deviation: number
  readonly onnx: Uint8Array
}

const startMs = 60_000

/**
 * Makes the ONNX model from the weights. ONNX Runtime is believed only after it has answered as TensorFlow.js does from the
 * same weights. In a thread that ends afterwards: all this takes memory that the engine's own threads then never need.
 *
 * @throws {Error} when the embedder that is insisted on is not here or answers otherwise
 */
export async function checkEmbedders(choice: EngineChoice, log: Logger): Promise<ModelSetup> {
  const setup: ModelSetup = choice.detector === undefined ? {} : { detector: choice.detector }
  if (choice.embedder === 'tfjs') return setup
  const file = new URL('./check-thread.ts', import.meta.url)
  const thread = await startThread<never, never, CheckedOnnx | undefined>({ file, data: choice, startMs })
  thread.end()
  await thread.ended
  const checked = thread.hello
  if (checked !== undefined && checked.deviation <= mostDeviation) return { ...setup, onnx: checked.onnx }
  const why =
    checked === undefined
      ? 'onnxruntime-node is not installed, or not for this machine'
      : 'ONNX Runtime answers otherwise than TensorFlow.js'
  if (choice.embedder === 'onnx') throw new Error(why)
  log.warn({ deviation: checked?.deviation, why }, 'faces are embedded by TensorFlow.js, which is slower')
  return setup
}
