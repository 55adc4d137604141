import { ConfigError } from '@our-now/platform/config/config-error.ts'
import type { Scope } from '@our-now/platform/lifecycle/create-scope.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import type { VisionConfig } from './config.ts'
import type { FaceEngine } from './engine/face-engine.ts'

/**
 * The engine, where the operator turned face features on; `scope` closes it. Its packages are loaded then and not before:
 * where the features are off, they cost nothing.
 *
 * @throws {ConfigError} when it is wanted and cannot be had
 */
export async function openEngine(
  scope: Scope,
  { config, log }: { readonly config: VisionConfig; readonly log: Logger },
): Promise<FaceEngine | undefined> {
  if (!config.visionEnabled) return undefined
  try {
    const { createFaceEngine } = await import('./engine/create-face-engine.ts')
    const { visionThreads: threads, visionMostWaiting: mostWaiting } = config
    return scope.own(await createFaceEngine({ threads, mostWaiting, log }))
  } catch (error) {
    throw new ConfigError(
      `VISION_ENABLED: the face engine does not start (${error instanceof Error ? error.message : String(error)}).`,
    )
  }
}
