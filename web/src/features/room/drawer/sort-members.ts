import type { Member } from '@our-now/contracts/rooms.ts'

/** Me, the owner, and the others as they came. */
export function sortMembers(members: readonly Member[], myUserId: string): readonly Member[] {
  const rank = ({ profile, role }: Member) => (profile.userId === myUserId ? 0 : role === 'owner' ? 1 : 2)
  return members.toSorted((a, b) => rank(a) - rank(b))
}
