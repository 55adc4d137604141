import { ConfigError } from '@our-now/platform/config/config-error.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { readKeyFile } from './key-file.ts'
import { generateRefreshKey, parseRefreshKey } from './refresh-key.ts'
import { generateSigningKey, parseSigningKeys, type SigningKey } from './signing-keys.ts'

/** The service's secret keys, from files. Before `load` they throw {AppError} unavailable. */
export interface KeyRing {
  /** The first signs, all verify. */
  signingKeys(): readonly [SigningKey, ...SigningKey[]]
  refreshKey(): Buffer
  /** @throws {ConfigError} naming the setting whose file is missing or unusable */
  load(): Promise<void>
  isLoaded(): boolean
}

interface KeyRingOptions {
  readonly authSigningKeyFile: string
  readonly authRefreshKeyFile: string
  /** Makes missing files: right where one machine has them to itself, wrong where replicas share them. */
  readonly mayCreate: boolean
}

export function createKeyRing({
  authSigningKeyFile,
  authRefreshKeyFile,
  mayCreate,
}: KeyRingOptions): KeyRing {
  let signingKeys: readonly [SigningKey, ...SigningKey[]] | undefined
  let refreshKey: Buffer | undefined

  return {
    signingKeys: () => signingKeys ?? refuse(),
    refreshKey: () => refreshKey ?? refuse(),
    isLoaded: () => signingKeys !== undefined && refreshKey !== undefined,
    load: async () => {
      signingKeys = await named('AUTH_SIGNING_KEY_FILE', async () =>
        parseSigningKeys(await readKeyFile(authSigningKeyFile, mayCreate ? generateSigningKey : undefined)),
      )
      refreshKey = await named('AUTH_REFRESH_KEY_FILE', async () =>
        parseRefreshKey(await readKeyFile(authRefreshKeyFile, mayCreate ? generateRefreshKey : undefined)),
      )
    },
  }
}

function refuse(): never {
  throw new AppError('unavailable')
}

async function named<T>(setting: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load()
  } catch (error) {
    throw new ConfigError(`${setting}: ${error instanceof Error ? error.message : String(error)}`)
  }
}
