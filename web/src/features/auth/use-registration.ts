import type { RegistrationMode } from '@our-now/contracts/auth.ts'
import { useCallback, useEffect, useState } from 'react'
import { useLoad } from '../../shared/use-load.ts'
import { useClient } from '../../state/hooks.ts'

export interface Registration {
  readonly mode: RegistrationMode
  readonly hasAccounts: boolean
}

/** An answer later than this changes nothing on the screen any more, in ms: somebody may be typing. */
const patienceMs = 1_000

/**
 * Who may sign up here; `asking` for a moment; `undefined` when the server was not reached in time: signing in works
 * without knowing, and signing up is answered by the server.
 */
export function useRegistration(): Registration | 'asking' | undefined {
  const client = useClient()
  const loaded = useLoad(useCallback(() => client.api.getRegistration({}), [client]))
  const [isLate, setLate] = useState(false)
  const isAsking = loaded.status === 'loading'
  useEffect(() => {
    if (!isAsking) return undefined
    const timer = setTimeout(() => setLate(true), patienceMs)
    return () => clearTimeout(timer)
  }, [isAsking])
  if (isLate) return undefined
  return loaded.status === 'ready' ? loaded.value : isAsking ? 'asking' : undefined
}
