import type { Admirer, Friend } from '@our-now/contracts/people.ts'
import { matchesText } from '../../shared/format/match-text.ts'

/** One line of the friends tab, in KakaoTalk's order: people who added me, favourites, everybody. */
export type FriendListItem =
  | { readonly kind: 'heading'; readonly key: string; readonly section: Section; readonly count: number }
  | { readonly kind: 'friend'; readonly key: string; readonly friend: Friend }
  | { readonly kind: 'admirer'; readonly key: string; readonly admirer: Admirer }

type Section = 'favourites' | 'friends' | 'admirers'

export interface FriendLists {
  readonly favourites: readonly Friend[]
  readonly friends: readonly Friend[]
  readonly admirers: readonly Admirer[]
}

/** The lines to draw; sections without anybody are left out. What was typed searches names and ids, also by 초성. */
export function buildFriendList(
  { favourites, friends, admirers }: FriendLists,
  query: string,
): FriendListItem[] {
  const matches = ({ profile }: Friend | Admirer) =>
    matchesText(profile.displayName, query) || matchesText(profile.handle, query)
  const shownAdmirers = admirers.filter(matches)
  return [
    ...withHeading('admirers', shownAdmirers.length, shownAdmirers.map(toAdmirerItem)),
    ...sectionOf('favourites', favourites.filter(matches)),
    ...sectionOf('friends', friends.filter(matches)),
  ]
}

const toAdmirerItem = (admirer: Admirer): FriendListItem => ({
  kind: 'admirer',
  key: admirer.profile.userId,
  admirer,
})

function sectionOf(section: Section, friends: readonly Friend[]): readonly FriendListItem[] {
  return withHeading(
    section,
    friends.length,
    friends.map((friend) => ({ kind: 'friend', key: friend.profile.userId, friend })),
  )
}

function withHeading(
  section: Section,
  count: number,
  items: readonly FriendListItem[],
): readonly FriendListItem[] {
  return count === 0 ? [] : [{ kind: 'heading', key: `heading-${section}`, section, count }, ...items]
}
