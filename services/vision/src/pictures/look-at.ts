import type { CallContext } from '@our-now/contracts/service-contract.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { FaceAnalysis, FaceEngine } from '../engine/face-engine.ts'

/** What a picture is looked at for. */
interface LookOptions {
  readonly kind: 'selfie' | 'photo'
  readonly isEmbedded: boolean
}

export interface Eyes {
  /** Of the embeddings that are made now. Undefined: face features are off. */
  readonly modelId: string | undefined
  /** @throws {AppError} face_off, and what the engine refuses */
  look(context: CallContext, picture: string, options: LookOptions): Promise<FaceAnalysis>
  /** Several pictures of one request, in their order; only a few are with the engine at once. */
  lookAtAll(
    context: CallContext,
    pictures: readonly string[],
    options: LookOptions,
  ): Promise<readonly FaceAnalysis[]>
}

/** Of one request: the rest of the queue is for others. */
const maxAtOnce = 4
/** Nobody waits longer for a picture, in ms. */
const maxLookMs = 9_000

/** The engine behind base64 and the deadline of a call. @param engine  Undefined: face features are off. */
export function createEyes(engine: FaceEngine | undefined, clock: Clock): Eyes {
  const look: Eyes['look'] = async (context, picture, options) => {
    if (engine === undefined) throw new AppError('face_off')
    const leftMs = Math.min(maxLookMs, (context.deadlineAtMs ?? Number.POSITIVE_INFINITY) - clock.now())
    const deadlineAtMs = performance.now() + leftMs
    return engine.analyse(Buffer.from(picture, 'base64'), { ...options, deadlineAtMs })
  }
  return {
    modelId: engine?.modelId,
    look,
    lookAtAll: async (context, pictures, options) => {
      const found: FaceAnalysis[] = []
      let next = 0
      let hasFailed = false
      const worker = async (): Promise<void> => {
        while (next < pictures.length && !hasFailed) {
          const at = next++
          try {
            found[at] = await look(context, pictures[at] ?? '', options)
          } catch (error) {
            hasFailed = true
            throw error
          }
        }
      }
      await Promise.all(Array.from({ length: maxAtOnce }, worker))
      return found
    },
  }
}
