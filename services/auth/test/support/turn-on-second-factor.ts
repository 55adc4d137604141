import type { SignedIn } from '@our-now/contracts/auth.ts'
import { createTotpApp, type TotpApp } from '@our-now/testkit/totp-app.ts'
import { as, goodPassword, type AuthStack } from './auth-stack.ts'

/** Sets an app up and confirms it; the code that did it is used up, and half a minute has passed since. */
export async function turnOnSecondFactor(
  { auth, clock }: Pick<AuthStack, 'auth' | 'clock'>,
  person: SignedIn,
): Promise<{ readonly app: TotpApp; readonly recoveryCodes: readonly string[] }> {
  const { secret } = await auth.beginTotp(as(person), { password: goodPassword })
  const app = createTotpApp(secret, () => clock.now())
  const { recoveryCodes } = await auth.confirmTotp(as(person), { code: app.code() })
  clock.advance(30_000)
  return { app, recoveryCodes }
}
