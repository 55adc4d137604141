import { ConfigError } from '@our-now/platform/config/config-error.ts'
import type { Scope } from '@our-now/platform/lifecycle/create-scope.ts'
import type { VisionConfig } from './config.ts'
import type { FaceEngine } from './engine/face-engine.ts'

/**
 * The engine, where the operator turned face features on; `scope` closes it.
 *
 * @throws {ConfigError} when it is wanted and cannot be had
 */
export async function openEngine(
  _scope: Scope,
  { visionEnabled }: VisionConfig,
): Promise<FaceEngine | undefined> {
  if (!visionEnabled) return undefined
  throw new ConfigError('VISION_ENABLED: this version has no engine that looks at faces yet; leave it off.')
}
