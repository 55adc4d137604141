import { pino, type Logger as PinoLogger } from 'pino'

export type Logger = PinoLogger

/** Fields that never reach a log line, wherever they stand in the object. */
const secretFields = [
  'authorization',
  'cookie',
  'set-cookie',
  'password',
  'currentPassword',
  'newPassword',
  'accessToken',
  'refreshToken',
  'token',
  'text',
  'body',
  'displayName',
  'statusMessage',
  'code',
  'picture',
  'shots',
  'frames',
  'embedding',
]
const redactPaths = secretFields.flatMap((field) => [`["${field}"]`, `*["${field}"]`, `*.*["${field}"]`])

/**
 * One root logger per process; parts get `log.child({ component })` handed to them.
 *
 * @param level  pino level; `silent` in tests.
 */
export function createLogger(
  level: string,
  destination: { write(line: string): void } = process.stderr,
): Logger {
  return pino({ level, base: null, redact: { paths: redactPaths, censor: '[redacted]' } }, destination)
}
