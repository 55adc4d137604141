import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/**
 * A refresh token is `session id | secret | seal`, 64 bytes in base64url (86 characters). Only its hash is stored. The
 * secret is random at first; each successor's is an HMAC of the token before, so that a lost reply or a second tab
 * gets the same successor although the server keeps none. The seal shows that we once gave this token out: so two
 * stored hashes for each session are enough to recognise any older token as reused, and a forged one costs no query.
 */
const idBytes = 16
const secretBytes = 32
const sealBytes = 16
const tokenPattern = /^[A-Za-z0-9_-]{86}$/

export interface ParsedRefreshToken {
  readonly sessionId: string
  readonly hash: string
}

export function createRefreshToken(key: Buffer, sessionId: string): string {
  return assemble(key, sessionId, randomBytes(secretBytes))
}

/** The one successor of a token: the same for the same key, whoever asks. */
export function successorOf(key: Buffer, token: string): string {
  const { sessionId } = split(token)
  return assemble(key, sessionId, createHmac('sha256', key).update('successor').update(token).digest())
}

export function hashRefreshToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** @returns undefined when it is not a token that this key made */
export function parseRefreshToken(key: Buffer, token: string): ParsedRefreshToken | undefined {
  if (!tokenPattern.test(token)) return undefined
  const { sessionId, id, secret, seal } = split(token)
  if (!timingSafeEqual(seal, makeSeal(key, id, secret))) return undefined
  return { sessionId, hash: hashRefreshToken(token) }
}

function assemble(key: Buffer, sessionId: string, secret: Buffer): string {
  const id = Buffer.from(sessionId.replaceAll('-', ''), 'hex')
  return Buffer.concat([id, secret, makeSeal(key, id, secret)]).toString('base64url')
}

function makeSeal(key: Buffer, id: Buffer, secret: Buffer): Buffer {
  return createHmac('sha256', key).update('seal').update(id).update(secret).digest().subarray(0, sealBytes)
}

function split(token: string): { sessionId: string; id: Buffer; secret: Buffer; seal: Buffer } {
  const bytes = Buffer.from(token, 'base64url')
  const id = bytes.subarray(0, idBytes)
  const sessionId = id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  const secret = bytes.subarray(idBytes, idBytes + secretBytes)
  return { sessionId, id, secret, seal: bytes.subarray(idBytes + secretBytes) }
}
