import type { AuthApi, SignedIn } from '@our-now/contracts/auth.ts'
import { codeAt, stepAt } from '../../src/second-factor/totp.ts'
import { as, goodPassword, type AuthStack } from './auth-stack.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** An authenticator app that was given a typed key. */
export interface TotpApp {
  /** The code it shows now, or that many steps of 30 s from now. */
  code(stepsFromNow?: number): string
}

export function createTotpApp(typedKey: string, now: () => number): TotpApp {
  const bits = [...typedKey].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const secret = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  return { code: (stepsFromNow = 0) => codeAt(secret, stepAt(now()) + stepsFromNow) }
}

/** Sets an app up and confirms it; the code that did it is used up, and half a minute has passed since. */
export async function turnOnSecondFactor(
  { auth, clock }: { readonly auth: AuthApi; readonly clock: AuthStack['clock'] },
  person: SignedIn,
): Promise<{ readonly app: TotpApp; readonly recoveryCodes: readonly string[] }> {
  const { secret } = await auth.beginTotp(as(person), { password: goodPassword })
  const app = createTotpApp(secret, () => clock.now())
  const { recoveryCodes } = await auth.confirmTotp(as(person), { code: app.code() })
  clock.advance(30_000)
  return { app, recoveryCodes }
}
