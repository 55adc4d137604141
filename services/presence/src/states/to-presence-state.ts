import type { PresenceState } from '@our-now/contracts/presence.ts'
import type { PersonFacts } from '../people/person-store.ts'

/** What others may see: nothing of who hides, and when somebody was last there only of who is not there. */
export function toPresenceState(
  userId: string,
  status: PresenceState['status'],
  person: PersonFacts | undefined,
): PresenceState {
  if (person?.isHidden === true) return { userId, status: 'offline' }
  const lastSeenAt = status === 'offline' ? person?.lastSeenAt : undefined
  return { userId, status, ...(lastSeenAt === undefined ? {} : { lastSeenAt }) }
}
