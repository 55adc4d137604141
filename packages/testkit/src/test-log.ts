import { createLogger, type Logger } from '@our-now/platform/logging/logger.ts'

/** A logger that says nothing; `TEST_LOG=debug` makes it talk. */
export const createTestLog = (): Logger => createLogger(process.env['TEST_LOG'] ?? 'silent')
