import type { Friend } from '@our-now/contracts/people.ts'

/**
 * 가나다 order as the server pages it: Hangul names first, then Latin letters, then everything else; inside a class by
 * the lower-cased NFC name, code point by code point (for Hangul syllables that is 가나다).
 */
export function sortFriends(friends: readonly Friend[]): Friend[] {
  return friends
    .map((friend) => ({ friend, key: friendSortKey(friend.profile.displayName) }))
    .toSorted((a, b) =>
      a.key === b.key ? (a.friend.profile.userId < b.friend.profile.userId ? -1 : 1) : a.key < b.key ? -1 : 1,
    )
    .map(({ friend }) => friend)
}

function friendSortKey(displayName: string): string {
  const name = displayName.normalize('NFC').toLowerCase()
  return `${nameClass(name)}${name}`
}

function nameClass(name: string): 0 | 1 | 2 {
  const first = name.codePointAt(0) ?? 0
  // Syllables, then the two blocks of single letters that people also begin names with.
  if ((first >= 0xac00 && first <= 0xd7a3) || (first >= 0x3131 && first <= 0x318e)) return 0
  return /^\p{Script=Latin}/u.test(name) ? 1 : 2
}
