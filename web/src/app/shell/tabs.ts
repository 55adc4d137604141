import { Ellipsis, MessageCircle, UserRound, type LucideIcon } from 'lucide-react'

export type TabName = 'friends' | 'chats' | 'more'

export interface Tab {
  readonly name: TabName
  readonly path: string
  readonly label: 'common.tabFriends' | 'common.tabChats' | 'common.tabMore'
  readonly icon: LucideIcon
}

export const tabs: readonly Tab[] = [
  { name: 'friends', path: '/friends', label: 'common.tabFriends', icon: UserRound },
  { name: 'chats', path: '/chats', label: 'common.tabChats', icon: MessageCircle },
  { name: 'more', path: '/more', label: 'common.tabMore', icon: Ellipsis },
]

/** The tab that an address belongs to. */
export const tabOf = (pathname: string): TabName =>
  tabs.find((tab) => pathname === tab.path || pathname.startsWith(`${tab.path}/`))?.name ?? 'chats'
