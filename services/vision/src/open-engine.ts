import { ConfigError } from '@our-now/platform/config/config-error.ts'
import type { Scope } from '@our-now/platform/lifecycle/create-scope.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import { availableParallelism } from 'node:os'
import type { VisionConfig } from './config.ts'
import { createFaceEngine } from './engine/create-face-engine.ts'
import type { FaceEngine } from './engine/face-engine.ts'

/**
 * The engine, where the operator turned face features on; `scope` closes it.
 *
 * @throws {ConfigError} when it is wanted and cannot be had
 */
export async function openEngine(
  scope: Scope,
  { visionEnabled, visionThreads, visionWaitingPerThread }: VisionConfig,
  log: Logger,
): Promise<FaceEngine | undefined> {
  if (!visionEnabled) return undefined
  const threads = visionThreads || availableParallelism()
  try {
    return scope.own(await createFaceEngine({ log, threads, waitingPerThread: visionWaitingPerThread }))
  } catch (error) {
    log.error({ err: error }, 'the face engine cannot start')
    throw new ConfigError('VISION_ENABLED: no engine that looks at faces can start here; the log says why.')
  }
}
