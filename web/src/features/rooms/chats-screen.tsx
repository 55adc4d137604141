import { MessageCirclePlus, MessagesSquare } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../shared/ui/button.tsx'
import { EmptyState } from '../../shared/ui/empty-state.tsx'
import { IconButton } from '../../shared/ui/icon-button.tsx'
import { Rows } from '../../shared/ui/rows.tsx'
import { RowSkeletons } from '../../shared/ui/row-skeletons.tsx'
import { Screen } from '../../shared/ui/screen.tsx'
import { SearchField } from '../../shared/ui/search-field.tsx'
import { useRoving } from '../../shared/ui/use-roving.ts'
import { useRowMenu } from '../../shared/ui/use-row-menu.tsx'
import { useNow } from '../../shared/use-now.ts'
import { useAppDispatch, useAppSelector } from '../../state/hooks.ts'
import { reloadAll } from '../../state/open-app.ts'
import { selectMyUserId } from '../../state/people-selectors.ts'
import { selectRoomList } from '../../state/room-selectors.ts'
import { matchesRoom } from './match-room.ts'
import { RoomRow } from './room-row.tsx'
import { useRoomMenu } from './use-room-menu.tsx'
import { useRoomWords } from '../../shared/format/use-room-words.ts'

export interface ChatsScreenProps {
  readonly openRoomId?: string | undefined
  readonly onOpenRoom: (roomId: string) => void
  readonly onNewChat: () => void
  readonly onLeft: (roomId: string) => void
}

/** The chats tab: pinned first, then the latest. */
export function ChatsScreen({ openRoomId, onOpenRoom, onNewChat, onLeft }: ChatsScreenProps) {
  const { t } = useTranslation()
  const dispatch = useAppDispatch()
  const [query, setQuery] = useState('')
  const words = useRoomWords()
  const nowMs = useNow()
  const status = useAppSelector((state) => state.rooms.status)
  const myUserId = useAppSelector(selectMyUserId) ?? ''
  const rooms = useAppSelector(selectRoomList)
  const menu = useRoomMenu(myUserId, onLeft)
  const rowMenu = useRowMenu()
  const { self, nobody } = words
  const shown = useMemo(
    () => rooms.filter((room) => matchesRoom(room, myUserId, { self, nobody }, query)),
    [rooms, myUserId, self, nobody, query],
  )
  const roving = useRoving(shown.map((room) => room.roomId))
  const isEmpty = rooms.length === 0
  const isLoading = isEmpty && (status === 'idle' || status === 'loading')

  const drawn = shown.map((room, index) => (
    <RoomRow
      key={room.roomId}
      room={room}
      myUserId={myUserId}
      nowMs={nowMs}
      isSelected={room.roomId === openRoomId}
      groupsFor={menu.groupsFor}
      menu={rowMenu}
      tabIndex={roving.rowProps(room.roomId, index).tabIndex}
      onOpen={onOpenRoom}
    />
  ))

  return (
    <Screen
      title={t('rooms.title')}
      shape="large"
      isBusy={isLoading}
      actions={<IconButton icon={MessageCirclePlus} label={t('rooms.newChat')} onClick={onNewChat} />}
      toolbar={
        isEmpty && !isLoading ? undefined : (
          <SearchField label={t('rooms.search')} value={query} onChange={setQuery} />
        )
      }
    >
      {isLoading ? (
        <RowSkeletons />
      ) : isEmpty && status === 'failed' ? (
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
      ) : isEmpty ? (
        <EmptyState
          picture={<MessagesSquare size={40} strokeWidth={1.6} />}
          action={
            <Button variant="primary" onClick={onNewChat}>
              {t('rooms.newChat')}
            </Button>
          }
        >
          {t('rooms.empty')}
        </EmptyState>
      ) : shown.length === 0 ? (
        <EmptyState>{t('rooms.noMatch', { query })}</EmptyState>
      ) : (
        // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- arrow keys move between the buttons inside
        <div {...roving.listProps}>
          <Rows>{drawn}</Rows>
        </div>
      )}
      {rowMenu.element}
      {menu.dialogs}
    </Screen>
  )
}
