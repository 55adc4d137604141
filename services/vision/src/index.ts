import type { Migration } from '@our-now/platform/database/database.ts'
import { faces } from './migrations/0001-faces.ts'

export { openEngine } from './open-engine.ts'
export { createVision, type VisionDeps } from './service.ts'
export { VisionSettings, type VisionConfig } from './config.ts'

export const visionMigrations: readonly Migration[] = [faces]
