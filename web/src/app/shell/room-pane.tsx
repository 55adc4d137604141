import { codeOf } from '@our-now/client/client-error.ts'
import { MessagesSquare } from 'lucide-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../shared/ui/button.tsx'
import { EmptyState } from '../../shared/ui/empty-state.tsx'
import { useAppDispatch, useAppSelector, useClient } from '../../state/hooks.ts'
import { keepRoom } from '../../state/room-thunks.ts'
import { useAppNavigation } from '../navigation/use-app-navigation.ts'
import styles from './room-pane.module.css'

const RoomView = lazy(async () => ({
  default: (await import('../../features/room/room-view.tsx')).RoomView,
}))

/** The room of the address: fetched first when the list does not hold it (a link, a fresh start). */
export function RoomPane({ roomId }: { readonly roomId: string }) {
  const { t } = useTranslation()
  const client = useClient()
  const dispatch = useAppDispatch()
  const { backTo, go, openProfile, openRoom } = useAppNavigation()
  const isKnown = useAppSelector((state) => state.rooms.rooms[roomId] !== undefined)
  const wasKnown = useWasTrue(isKnown, roomId)
  const [failure, setFailure] = useState<unknown>()
  const [attempt, setAttempt] = useState(0)

  useEffect(() => {
    if (isKnown || wasKnown) return undefined
    let isWanted = true
    setFailure(undefined)
    client.api.getRoom({ roomId }).then(
      (room) => isWanted && void dispatch(keepRoom(room)),
      (error: unknown) => isWanted && setFailure(error),
    )
    return () => {
      isWanted = false
    }
  }, [client, dispatch, isKnown, wasKnown, roomId, attempt])

  if (isKnown)
    return (
      <Suspense fallback={<div className={styles['waiting']} />}>
        <RoomView
          key={roomId}
          roomId={roomId}
          onBack={() => backTo('/chats')}
          onOpenProfile={openProfile}
          onOpenRoom={openRoom}
        />
      </Suspense>
    )
  if (failure === undefined && !wasKnown)
    return <div className={styles['waiting']} role="status" aria-label={t('common.loading')} />
  const isGone = wasKnown || ['room_not_found', 'invalid_request'].includes(codeOf(failure))
  return (
    <EmptyState
      isError
      className={styles['state'] ?? ''}
      action={
        isGone ? (
          <Button onClick={() => go('/chats', true)}>{t('rooms.toList')}</Button>
        ) : (
          <Button onClick={() => setAttempt(attempt + 1)}>{t('common.retry')}</Button>
        )
      }
    >
      {t(isGone ? 'rooms.roomGone' : 'common.loadFailed')}
    </EmptyState>
  )
}

/** Was it true for this key before? Then it is gone now, and asking again would only say so. */
function useWasTrue(isTrue: boolean, key: string): boolean {
  const [seen, setSeen] = useState<string>()
  if (isTrue && seen !== key) setSeen(key)
  return seen === key && !isTrue
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
