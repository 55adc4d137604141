import { createHmac, timingSafeEqual } from 'node:crypto'
import { toBase32 } from './base32.ts'

/** What every authenticator app can do, and what an app assumes that reads nothing but the key. */
const stepMs = 30_000
const digits = 6
/** Steps before and after the present one that count too: clocks differ, and people type slowly. */
const tolerance = 1

/** Which 30 s since the epoch an instant lies in. */
export const stepAt = (nowMs: number): number => Math.floor(nowMs / stepMs)

/** The code of one step: HOTP of RFC 4226 (HMAC-SHA-1, dynamic truncation) over the step, as RFC 6238 says. */
export function codeAt(secret: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', secret).update(counter).digest()
  const offset = mac.readUInt8(mac.length - 1) & 15
  const number = (mac.readUInt32BE(offset) & 0x7fff_ffff) % 10 ** digits
  return String(number).padStart(digits, '0')
}

/**
 * The step that a typed code belongs to: the present one, the one before or the one after. All are always computed.
 *
 * @param typed  Spaces are forgiven; anything else that is no code belongs to no step.
 */
export function findStep(secret: Uint8Array, typed: string, nowMs: number): number | undefined {
  const code = Buffer.from(typed.replaceAll(/\s/g, ''))
  const now = stepAt(nowMs)
  let found: number | undefined
  for (let step = now - tolerance; step <= now + tolerance; step += 1) {
    const expected = Buffer.from(codeAt(secret, step))
    if (code.length === expected.length && timingSafeEqual(code, expected)) found = step
  }
  return found
}

/** What the QR code says (the "Key URI Format" that authenticator apps read). */
export function toKeyUri(secret: Uint8Array, { issuer, handle }: { issuer: string; handle: string }): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(handle)}`
  const settings = `secret=${toBase32(secret)}&issuer=${encodeURIComponent(issuer)}`
  return `otpauth://totp/${label}?${settings}&algorithm=SHA1&digits=${digits}&period=${stepMs / 1_000}`
}
