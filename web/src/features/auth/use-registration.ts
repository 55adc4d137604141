import type { RegistrationMode } from '@our-now/contracts/auth.ts'
import { useCallback } from 'react'
import { useLoad } from '../../shared/use-load.ts'
import { useClient } from '../../state/hooks.ts'

export interface Registration {
  readonly mode: RegistrationMode
  readonly hasAccounts: boolean
}

/**
 * Who may sign up here; `undefined` until it is known or when the server was not reached: signing in works without
 * knowing, and signing up is answered by the server.
 */
export function useRegistration(): Registration | undefined {
  const client = useClient()
  const loaded = useLoad(useCallback(() => client.api.getRegistration({}), [client]))
  return loaded.status === 'ready' ? loaded.value : undefined
}
