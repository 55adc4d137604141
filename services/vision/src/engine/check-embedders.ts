import type { Logger } from '@our-now/platform/logging/logger.ts'
import { mostDeviation } from './embedder-check.ts'
import type { EngineChoice } from './load-models.ts'
import { startThread } from './threads/start-thread.ts'

const startMs = 60_000

/**
 * ONNX Runtime is believed only after it has answered as TensorFlow.js does from the same weights. In a thread that ends
 * afterwards: both together take memory that neither gives back.
 *
 * @returns the embedder to use. Where one that nobody insists on answers otherwise: the other one, with an error in the log
 * @throws {Error} when the one that is insisted on is not here or answers otherwise
 */
export async function checkEmbedders(choice: EngineChoice, log: Logger): Promise<EngineChoice> {
  if (choice.embedder === 'tfjs') return choice
  const file = new URL('./check-thread.ts', import.meta.url)
  const thread = await startThread<never, never, { readonly deviation: number | undefined }>({
    file,
    data: choice,
    startMs,
  })
  thread.end()
  await thread.ended
  const { deviation } = thread.hello
  if (deviation !== undefined && deviation <= mostDeviation) return { ...choice, embedder: 'onnx' }
  const why =
    deviation === undefined
      ? 'onnxruntime-node is not installed, or not for this machine'
      : 'ONNX Runtime answers otherwise than TensorFlow.js'
  if (choice.embedder === 'onnx') throw new Error(why)
  log.warn({ deviation, why }, 'faces are embedded by TensorFlow.js, which is slower')
  return { ...choice, embedder: 'tfjs' }
}
