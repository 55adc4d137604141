import { Sprout, UserPlus } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../shared/ui/button.tsx'
import { EmptyState } from '../../shared/ui/empty-state.tsx'
import { IconButton } from '../../shared/ui/icon-button.tsx'
import row from '../../shared/ui/row.module.css'
import { Rows } from '../../shared/ui/rows.tsx'
import { RowSkeletons } from '../../shared/ui/row-skeletons.tsx'
import { Screen } from '../../shared/ui/screen.tsx'
import { SearchField } from '../../shared/ui/search-field.tsx'
import { useRoving } from '../../shared/ui/use-roving.ts'
import { useRowMenu } from '../../shared/ui/use-row-menu.tsx'
import { useAppDispatch, useAppSelector } from '../../state/hooks.ts'
import { reloadAll } from '../../state/open-app.ts'
import { selectAdmirers, selectFavourites, selectFriends } from '../../state/people-selectors.ts'
import { useWatchPresence } from '../../state/presence-watch.tsx'
import { AdmirerRow } from './admirer-row.tsx'
import { buildFriendList, type FriendListItem } from './friend-list.ts'
import { FriendRow } from './friend-row.tsx'
import { MeCard } from './me-card.tsx'
import { useOnScreen } from './use-on-screen.ts'
import { usePersonMenu } from './use-person-menu.tsx'

export interface FriendsScreenProps {
  readonly onOpenProfile: (userId: string) => void
  readonly onOpenChat: (userId: string) => void
  readonly onAddFriend: () => void
}

/** The friends tab: me, those who added me, favourites, everybody in 가나다 order. */
export function FriendsScreen({ onOpenProfile, onOpenChat, onAddFriend }: FriendsScreenProps) {
  const { t } = useTranslation()
  const dispatch = useAppDispatch()
  const [query, setQuery] = useState('')
  const status = useAppSelector((state) => state.people.status)
  const favourites = useAppSelector(selectFavourites)
  const friends = useAppSelector(selectFriends)
  const admirers = useAppSelector(selectAdmirers)
  const items = useMemo(
    () => buildFriendList({ favourites, friends, admirers }, query),
    [favourites, friends, admirers, query],
  )
  const hasNobody = favourites.length + friends.length + admirers.length === 0
  const isLoading = hasNobody && (status === 'idle' || status === 'loading')
  const isSearching = query.trim() !== ''

  return (
    <Screen
      title={t('people.title')}
      shape="large"
      isBusy={isLoading}
      actions={<IconButton icon={UserPlus} label={t('people.addFriend')} onClick={onAddFriend} />}
      toolbar={
        hasNobody && !isLoading ? undefined : (
          <SearchField label={t('people.searchFriends')} value={query} onChange={setQuery} />
        )
      }
    >
      {!isSearching && <MeCard onOpenProfile={onOpenProfile} />}
      {isLoading ? (
        <RowSkeletons />
      ) : hasNobody && status === 'failed' ? (
        <EmptyState
          isError
          action={
            <Button onClick={() => void dispatch(reloadAll()).catch(() => undefined)}>
              {t('common.retry')}
            </Button>
          }
        >
          {t('common.loadFailed')}
        </EmptyState>
      ) : hasNobody ? (
        <EmptyState
          picture={<Sprout size={40} strokeWidth={1.6} />}
          action={
            <Button variant="primary" onClick={onAddFriend}>
              {t('people.addFriend')}
            </Button>
          }
        >
          {t('people.emptyFriends')}
        </EmptyState>
      ) : items.length === 0 ? (
        <EmptyState>{t('people.noMatch', { query })}</EmptyState>
      ) : (
        <FriendItems items={items} onOpenProfile={onOpenProfile} onOpenChat={onOpenChat} />
      )}
    </Screen>
  )
}

interface FriendItemsProps {
  readonly items: readonly FriendListItem[]
  readonly onOpenProfile: (userId: string) => void
  readonly onOpenChat: (userId: string) => void
}

function FriendItems({ items, onOpenProfile, onOpenChat }: FriendItemsProps) {
  const { t } = useTranslation()
  const menu = usePersonMenu({ onOpenProfile, onOpenChat })
  const rowMenu = useRowMenu()
  const { userIds, observe } = useOnScreen()
  useWatchPresence(userIds)
  const people = items.filter((item) => item.kind !== 'heading').map((item) => item.key)
  const roving = useRoving(people)
  const indexOf = new Map(people.map((key, index) => [key, index]))

  const drawn = items.map((item) => {
    if (item.kind === 'heading')
      return (
        <h2 key={item.key} className={row['heading']}>
          {item.section === 'favourites'
            ? t('people.favourites')
            : t(item.section === 'friends' ? 'people.friendsCount' : 'people.admirersCount', {
                count: item.count,
              })}
        </h2>
      )
    const props = roving.rowProps(item.key, indexOf.get(item.key) ?? 0)
    return item.kind === 'admirer' ? (
      <AdmirerRow key={item.key} admirer={item.admirer} rowProps={props} onOpenProfile={onOpenProfile} />
    ) : (
      <FriendRow
        key={item.key}
        friend={item.friend}
        groupsFor={menu.groupsFor}
        menu={rowMenu}
        tabIndex={props.tabIndex}
        onOpenProfile={onOpenProfile}
        observe={observe}
      />
    )
  })

  return (
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- arrow keys move between the buttons inside
    <div {...roving.listProps}>
      <Rows>{drawn}</Rows>
      {rowMenu.element}
      {menu.dialogs}
    </div>
  )
}
