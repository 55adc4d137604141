/** Where presence lives in the lease store. */
export const presenceKeys = {
  /** Members: the user's connections, and `lingerMember`. */
  user: (userId: string) => `presence:user:${userId}`,
  /** Members: everybody with a lease or shown until lately. */
  users: 'presence:users',
  /** Members: users whose state may have changed since the sweeper last looked. */
  changed: 'presence:changed',
  /** Member: the one sweeper. */
  sweeper: 'presence:sweeper',
} as const

/** Stays for the grace after the last connection and keeps what was shown. No connection id: those are UUIDs. */
export const lingerMember = 'linger'

/** How long a mark in `changed` waits for a sweeper. */
export const changedMarkMs = 60_000

/** How much longer than their leases people stay in `users`, so that a new sweeper still finds who has gone. */
export const afterglowMs = 120_000
