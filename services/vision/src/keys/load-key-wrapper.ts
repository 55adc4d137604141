import { createKeyLine, parseKeyLines } from '@our-now/platform/crypto/key-lines.ts'
import { ConfigError } from '@our-now/platform/config/config-error.ts'
import { readKeyFile } from '@our-now/platform/config/key-file.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import { createKeyWrapper, type KeyWrapper } from './service-key.ts'

/**
 * Reads the service's key.
 *
 * @param mayCreate  Makes a missing file: right where one machine has it to itself, wrong where replicas share it.
 * @throws {ConfigError} naming the setting when the file is missing or unusable
 */
export async function loadKeyWrapper(
  path: string,
  { mayCreate, log }: { readonly mayCreate: boolean; readonly log: Logger },
): Promise<KeyWrapper> {
  const create = (): string => {
    log.info(
      { setting: 'VISION_KEY_FILE' },
      'key file missing, making one: keep it apart from the database’s backups',
    )
    return createKeyLine()
  }
  try {
    return createKeyWrapper(parseKeyLines(await readKeyFile(path, mayCreate ? create : undefined)))
  } catch (error) {
    throw new ConfigError(`VISION_KEY_FILE: ${error instanceof Error ? error.message : String(error)}`)
  }
}
