import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface AuthKeys {
  readonly signingKeyFile: string
  readonly refreshKeyFile: string
  readonly factorKeyFile: string
}

/** Keys that all replicas of auth share: made once in this folder, for their owner alone. */
export async function makeAuthKeys(folder: string): Promise<AuthKeys> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const keys = {
    signingKeyFile: join(folder, 'signing-key.pem'),
    refreshKeyFile: join(folder, 'refresh-key'),
    factorKeyFile: join(folder, 'factor-key'),
  }
  const write = (file: string, content: string): Promise<void> => writeFile(file, content, { mode: 0o600 })
  if (!existsSync(keys.signingKeyFile)) {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    await write(keys.signingKeyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }))
  }
  for (const file of [keys.refreshKeyFile, keys.factorKeyFile])
    if (!existsSync(file)) await write(file, `${randomBytes(32).toString('base64url')}\n`)
  return keys
}
