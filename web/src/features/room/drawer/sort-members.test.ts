import type { Member } from '@our-now/contracts/rooms.ts'
import { expect, test } from 'vitest'
import { sortMembers } from './sort-members.ts'

const aMember = (userId: string, role: Member['role'] = 'member'): Member => ({
  profile: { userId, handle: userId, displayName: userId, statusMessage: '' },
  role,
  joinedAt: 0,
  joinedSeq: 0,
})

test('me first, then the owner, then the others as they came', () => {
  const members = [aMember('a'), aMember('b', 'owner'), aMember('me'), aMember('c')]
  expect(sortMembers(members, 'me').map((member) => member.profile.userId)).toEqual(['me', 'b', 'a', 'c'])
})
