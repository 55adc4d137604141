import { hash, parseOptions, verify } from '@node-rs/argon2'
import { randomBytes } from 'node:crypto'
import { createGate } from './hash-gate.ts'

export interface PasswordHasher {
  /** @throws {AppError} overloaded */
  hash(password: string): Promise<string>
  /**
   * Compares with a stored hash. Without one it does the same work against a hash nobody knows the password of and
   * answers false, so that an unknown id takes as long as a wrong password.
   *
   * @throws {AppError} overloaded
   */
  verify(storedHash: string | undefined, password: string): Promise<boolean>
  /** Whether the hash was made with other parameters than today's. */
  isOutdated(storedHash: string): boolean
}

/** OWASP's minimum for argon2id, the library's default algorithm; memory in KiB. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** @param maxWaiting  How many may wait for one of the `concurrency` places; more are refused. */
export function createPasswordHasher(limits: { concurrency: number; maxWaiting: number }): PasswordHasher {
  const gate = createGate(limits)
  const nobodysHash = inventHash()

  return {
    hash: (password) => gate(() => hash(normalise(password), parameters)),
    verify: (storedHash, password) =>
      gate(async () => {
        const isRight = await verify(storedHash ?? nobodysHash, normalise(password))
        return isRight && storedHash !== undefined
      }),
    isOutdated: (storedHash) => {
      const used = parseOptions(storedHash)
      return (
        used.memoryCost !== parameters.memoryCost ||
        used.timeCost !== parameters.timeCost ||
        used.parallelism !== parameters.parallelism
      )
    },
  }
}

/** A well-formed hash that no known password has. */
function inventHash(): string {
  const { memoryCost, timeCost, parallelism } = parameters
  const [salt, digest] = [16, 32].map((size) => randomBytes(size).toString('base64').replaceAll('=', ''))
  return `$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$${salt}$${digest}`
}

/** One spelling for what looks the same: a Mac may send 한글 in pieces. */
function normalise(password: string): string {
  return password.normalize('NFC')
}
