import { createKeyLine, parseKeyLines } from '@our-now/platform/crypto/key-lines.ts'
import { ConfigError } from '@our-now/platform/config/config-error.ts'
import { readKeyFile } from '@our-now/platform/config/key-file.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import { createFactorVault, type FactorVault } from '../second-factor/factor-vault.ts'
import { parseRefreshKey } from './refresh-key.ts'
import { generateSigningKey, parseSigningKeys, type SigningKey } from './signing-keys.ts'

/** The service's secret keys, from files. Before `load` they throw {AppError} unavailable. */
export interface KeyRing {
  /** The first signs, all verify. */
  signingKeys(): readonly [SigningKey, ...SigningKey[]]
  refreshKey(): Buffer
  /** The first seals what is kept of second factors, all open it. */
  factorVault(): FactorVault
  /** @throws {ConfigError} naming the setting whose file is missing or unusable */
  load(): Promise<void>
  isLoaded(): boolean
}

interface KeyRingOptions {
  readonly authSigningKeyFile: string
  readonly authRefreshKeyFile: string
  readonly authFactorKeyFile: string
  /** Makes missing files: right where one machine has them to itself, wrong where replicas share them. */
  readonly mayCreate: boolean
  readonly log: Logger
}

export function createKeyRing(options: KeyRingOptions): KeyRing {
  let signingKeys: readonly [SigningKey, ...SigningKey[]] | undefined
  let refreshKey: Buffer | undefined
  let factorVault: FactorVault | undefined

  const read = async <T>(
    setting: string,
    path: string,
    generate: () => string,
    parse: (content: string) => T,
  ): Promise<T> => {
    const create = (): string => {
      options.log.info({ setting }, 'key file missing, making one: keep it with the backups')
      return generate()
    }
    try {
      return parse(await readKeyFile(path, options.mayCreate ? create : undefined))
    } catch (error) {
      throw new ConfigError(`${setting}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return {
    signingKeys: () => signingKeys ?? refuse(),
    refreshKey: () => refreshKey ?? refuse(),
    factorVault: () => factorVault ?? refuse(),
    isLoaded: () => signingKeys !== undefined && refreshKey !== undefined && factorVault !== undefined,
    load: async () => {
      const { authSigningKeyFile, authRefreshKeyFile, authFactorKeyFile } = options
      signingKeys = await read(
        'AUTH_SIGNING_KEY_FILE',
        authSigningKeyFile,
        generateSigningKey,
        parseSigningKeys,
      )
      refreshKey = await read('AUTH_REFRESH_KEY_FILE', authRefreshKeyFile, createKeyLine, parseRefreshKey)
      factorVault = createFactorVault(
        await read('AUTH_FACTOR_KEY_FILE', authFactorKeyFile, createKeyLine, parseKeyLines),
      )
    },
  }
}

function refuse(): never {
  throw new AppError('unavailable')
}
