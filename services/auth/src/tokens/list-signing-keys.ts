import type { AuthApi } from '@our-now/contracts/auth.ts'
import type { KeyRing } from './key-ring.ts'

export function createListSigningKeys(keys: KeyRing): AuthApi['listSigningKeys'] {
  return async () => ({ keys: keys.signingKeys().map(({ kid, publicPem }) => ({ kid, pem: publicPem })) })
}
