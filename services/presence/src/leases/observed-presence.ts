import type { PresenceState } from '@our-now/contracts/presence.ts'
import { lingerMember } from './presence-keys.ts'

type Status = PresenceState['status']

/** What the leases of one user say. */
export interface ObservedPresence {
  readonly status: Status
  /** No connection any more, but the grace is not over. */
  readonly isLingering: boolean
  /** When a connection was last known alive, ms since the epoch; undefined when no lease tells. */
  readonly seenAt: number | undefined
}

interface LeaseMember {
  readonly member: string
  readonly value: string | undefined
}

const nobody: ObservedPresence = { status: 'offline', isLingering: false, seenAt: undefined }

/** Online when a connection is on screen, away when there are only others, offline when nothing is left. */
export function observe(members: readonly LeaseMember[] = []): ObservedPresence {
  const linger = members.find(({ member }) => member === lingerMember)
  const { status, seenAt } = parseLinger(linger?.value)
  const connections = members.filter(({ member }) => member !== lingerMember)
  if (connections.length > 0) return { status: statusOf(connections), isLingering: false, seenAt }
  return linger === undefined ? nobody : { status, isLingering: true, seenAt }
}

function statusOf(connections: readonly LeaseMember[]): Status {
  return connections.some(({ value }) => value === 'online') ? 'online' : 'away'
}

export function toConnectionValue(isVisible: boolean): string {
  return isVisible ? 'online' : 'away'
}

/** What the lingering lease keeps: the state that was shown and when somebody was last there. */
export function toLingerValue(status: Status, seenAt: number): string {
  return `${status}:${seenAt}`
}

function parseLinger(value = ''): { status: Status; seenAt: number | undefined } {
  const [status, seenAt] = value.split(':')
  return {
    status: status === 'online' ? 'online' : 'away',
    seenAt: seenAt === undefined ? undefined : Number(seenAt),
  }
}
