import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useMatch } from 'react-router'
import { FriendsScreen } from '../../features/people/friends-screen.tsx'
import { ChatsScreen } from '../../features/rooms/chats-screen.tsx'
import { MoreMenu } from '../../features/settings/more-menu.tsx'
import { isSettingsPage } from '../../features/settings/settings-page.ts'
import { Logo } from '../../shared/brand/logo.tsx'
import { classNames } from '../../shared/ui/class-names.ts'
import { DialogHost } from '../navigation/dialog-host.tsx'
import { useAppNavigation } from '../navigation/use-app-navigation.ts'
import { useIsDesktop } from '../../shared/use-media-query.ts'
import { useReceivedSound } from '../sound/use-received-sound.ts'
import { ConnectionLine } from './connection-line.tsx'
import { ListResizer } from './list-resizer.tsx'
import { MorePane } from './more-pane.tsx'
import { NoRoom, RoomPane } from './room-pane.tsx'
import styles from './shell.module.css'
import { TabBar } from './tab-bar.tsx'
import { tabOf, type TabName } from './tabs.ts'
import { useShortcuts } from './use-shortcuts.ts'
import { useStorageWarning } from './use-storage-warning.ts'
import { useUnreadTitle } from './use-unread-title.ts'

/** The signed-in app: on a phone one thing at a time, on a desktop rail, list and room side by side. */
export function Shell() {
  const { t } = useTranslation()
  const isDesktop = useIsDesktop()
  const { openDialog } = useAppNavigation()
  const tab = tabOf(useLocation().pathname)
  const roomId = useMatch('/chats/:roomId')?.params.roomId
  const page = useMatch('/more/:page')?.params.page
  useUnreadTitle()
  useStorageWarning()
  useReceivedSound()
  useShortcuts(() => openDialog('switcher'))
  usePrefetchedRoom()

  return (
    <div className={styles['app']}>
      <a className={styles['skip']} href="#main">
        {t('common.skipToContent')}
      </a>
      <ConnectionLine />
      {isDesktop ? (
        <DesktopPanes tab={tab} roomId={roomId} page={page} />
      ) : (
        <PhonePanes tab={tab} roomId={roomId} page={page} />
      )}
      <DialogHost />
    </div>
  )
}

interface PanesProps {
  readonly tab: TabName
  readonly roomId: string | undefined
  readonly page: string | undefined
}

/** The list stays where it was scrolled to while a room or page lies over it. */
function PhonePanes({ tab, roomId, page }: PanesProps) {
  const isCovered = roomId !== undefined || page !== undefined
  return (
    <div className={styles['phone']}>
      <div className={classNames(styles['home'], isCovered && styles['covered'])} data-region="list">
        <div className={styles['fill']}>
          <TabList tab={tab} roomId={undefined} page={undefined} />
        </div>
        <TabBar current={tab} shape="bar" />
      </div>
      {isCovered && (
        <main id="main" className={styles['cover']} data-region="main" tabIndex={-1}>
          {roomId === undefined ? (
            page !== undefined && <MorePane page={page} />
          ) : (
            <RoomPane roomId={roomId} />
          )}
        </main>
      )}
    </div>
  )
}

/** The room stays open while one looks through friends. */
function DesktopPanes({ tab, roomId, page }: PanesProps) {
  const { t } = useTranslation()
  const [lastRoomId, setLastRoomId] = useState(roomId)
  if (roomId !== undefined && roomId !== lastRoomId) setLastRoomId(roomId)
  const isChatsHome = tab === 'chats' && roomId === undefined
  if (isChatsHome && lastRoomId !== undefined) setLastRoomId(undefined)
  const shownPage = page ?? (tab === 'more' ? 'profile' : undefined)
  return (
    <div className={styles['desktop']}>
      <div className={styles['rail']} data-region="rail">
        <span className={styles['brand']} title={t('common.appName')}>
          <Logo size={40} />
        </span>
        <TabBar current={tab} shape="rail" />
      </div>
      <div className={styles['list']} data-region="list">
        <TabList tab={tab} roomId={roomId ?? lastRoomId} page={shownPage} />
      </div>
      <ListResizer />
      <main id="main" className={styles['main']} data-region="main" tabIndex={-1}>
        {shownPage !== undefined ? (
          <MorePane page={shownPage} />
        ) : lastRoomId === undefined ? (
          <NoRoom />
        ) : (
          <RoomPane roomId={lastRoomId} />
        )}
      </main>
    </div>
  )
}

function TabList({ tab, roomId, page }: PanesProps) {
  const { go, openChat, openDialog, openProfile, openRoom } = useAppNavigation()
  if (tab === 'friends')
    return (
      <FriendsScreen
        onOpenProfile={openProfile}
        onOpenChat={openChat}
        onAddFriend={() => openDialog('add-friend')}
      />
    )
  if (tab === 'more')
    return (
      <MoreMenu openPage={isSettingsPage(page) ? page : undefined} onOpen={(next) => go(`/more/${next}`)} />
    )
  return (
    <ChatsScreen
      openRoomId={roomId}
      onOpenRoom={openRoom}
      onNewChat={() => openDialog('new-chat')}
      onLeft={(leftId) => leftId === roomId && go('/chats', true)}
    />
  )
}

/** The room's code comes while nothing else happens: opening the first room must not wait for it. */
function usePrefetchedRoom(): void {
  useEffect(() => {
    const timer = setTimeout(
      () => void import('../../features/room/room-view.tsx').catch(() => undefined),
      1_000,
    )
    return () => clearTimeout(timer)
  }, [])
}
