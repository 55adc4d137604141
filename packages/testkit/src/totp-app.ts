import { createHmac } from 'node:crypto'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** An authenticator app that was given a typed key. It shares no code with the service that it is to agree with. */
export interface TotpApp {
  /** The six digits that it shows now, or that many steps of 30 s from now. */
  code(stepsFromNow?: number): string
}

/** @param now  Milliseconds since the epoch. */
export function createTotpApp(typedKey: string, now: () => number = Date.now): TotpApp {
  const bits = Array.from(typedKey, (letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join(
    '',
  )
  const secret = Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2))
  return {
    code: (stepsFromNow = 0) => {
      const counter = new DataView(new ArrayBuffer(8))
      counter.setBigUint64(0, BigInt(Math.floor(now() / 30_000) + stepsFromNow))
      const mac = createHmac('sha1', secret).update(new Uint8Array(counter.buffer)).digest()
      const at = (mac.at(-1) ?? 0) % 16
      return ((mac.readUInt32BE(at) % 2 ** 31) % 1_000_000).toString().padStart(6, '0')
    },
  }
}
