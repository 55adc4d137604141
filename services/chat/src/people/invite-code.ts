import { randomBytes } from 'node:crypto'

/** A friend link's code: 128 random bits, nothing to guess. */
export const makeInviteCode = (): string => randomBytes(16).toString('base64url')
