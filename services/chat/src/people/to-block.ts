import type { Block, Profile } from '@our-now/contracts/people.ts'
import type { BlockRow } from './block-store.ts'

export const toBlock = (row: BlockRow, profile: Profile): Block => ({
  profile,
  level: row.level,
  blockedAt: row.blocked_at_ms,
})
