import type { RegistrationMode } from '@our-now/contracts/auth.ts'
import { useEffect, useState } from 'react'
import { useClient } from '../../state/hooks.ts'

export interface Registration {
  readonly mode: RegistrationMode
  readonly hasAccounts: boolean
}

/** Who may sign up here; `undefined` until it is known or while the server is not reached. */
export function useRegistration(): Registration | undefined {
  const client = useClient()
  const [registration, setRegistration] = useState<Registration>()
  useEffect(() => {
    let isWanted = true
    client.api.getRegistration({}).then(
      (reply) => {
        if (isWanted) setRegistration(reply)
      },
      () => undefined, // signing in works without knowing; signing up is answered by the server
    )
    return () => {
      isWanted = false
    }
  }, [client])
  return registration
}
