import { codeOf } from '@our-now/client/client-error.ts'
import { MessagesSquare } from 'lucide-react'
import { lazy, Suspense, useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../shared/ui/button.tsx'
import { EmptyState } from '../../shared/ui/empty-state.tsx'
import { useLoad } from '../../shared/use-load.ts'
import { useAppDispatch, useAppSelector, useClient } from '../../state/hooks.ts'
import { keepRoom } from '../../state/room-thunks.ts'
import { useAppNavigation } from '../navigation/use-app-navigation.ts'
import styles from './room-pane.module.css'
import { useRoomDrawer } from './use-room-drawer.ts'

const RoomView = lazy(async () => ({
  default: (await import('../../features/room/room-view.tsx')).RoomView,
}))

/** The room of the address. */
export function RoomPane({ roomId }: { readonly roomId: string }) {
  const { backTo, go, openProfile, openRoom } = useAppNavigation()
  const { drawer, onDrawer } = useRoomDrawer()
  const isKnown = useAppSelector((state) => state.rooms.rooms[roomId] !== undefined)
  const [seenId, setSeenId] = useState<string>()
  if (isKnown && seenId !== roomId) setSeenId(roomId)
  // It was there and went: I left, or was taken out.
  if (!isKnown && seenId === roomId) return <RoomGone />
  if (!isKnown) return <UnknownRoom key={roomId} roomId={roomId} />
  return (
    <Suspense fallback={<div className={styles['waiting']} />}>
      <RoomView
        key={roomId}
        roomId={roomId}
        onBack={() => backTo('/chats')}
        onOpenProfile={openProfile}
        onOpenRoom={openRoom}
        drawer={drawer}
        onDrawer={onDrawer}
        onLeft={() => go('/chats', true)}
      />
    </Suspense>
  )
}

/** A room that the list does not hold (a link, a fresh start): asked for. */
function UnknownRoom({ roomId }: { readonly roomId: string }) {
  const { t } = useTranslation()
  const client = useClient()
  const dispatch = useAppDispatch()
  const found = useLoad(
    useCallback(
      async () => dispatch(keepRoom(await client.api.getRoom({ roomId }))),
      [client, dispatch, roomId],
    ),
  )
  if (found.status !== 'failed') return <div className={styles['waiting']} aria-busy="true" />
  if (['room_not_found', 'invalid_request'].includes(codeOf(found.error))) return <RoomGone />
  return (
    <EmptyState
      isError
      className={styles['state'] ?? ''}
      action={<Button onClick={found.retry}>{t('common.retry')}</Button>}
    >
      {t('common.loadFailed')}
    </EmptyState>
  )
}

function RoomGone() {
  const { t } = useTranslation()
  const { go } = useAppNavigation()
  return (
    <EmptyState
      isError
      className={styles['state'] ?? ''}
      action={<Button onClick={() => go('/chats', true)}>{t('rooms.toList')}</Button>}
    >
      {t('rooms.roomGone')}
    </EmptyState>
  )
}

/** Beside the list, while no room is open. */
export function NoRoom() {
  const { t } = useTranslation()
  return (
    <EmptyState className={styles['state'] ?? ''} picture={<MessagesSquare size={40} strokeWidth={1.6} />}>
      {t('rooms.pickRoom')}
    </EmptyState>
  )
}
