import type { RegistrationMode } from '@our-now/contracts/auth.ts'

/** What a new account needs: nothing, an invitation, or there may be none. The very first one needs nothing. */
export function admissionFor(mode: RegistrationMode, isFirst: boolean): 'free' | 'by-invite' | 'none' {
  if (isFirst || mode === 'open') return 'free'
  return mode === 'invite' ? 'by-invite' : 'none'
}
