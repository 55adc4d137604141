import { DoorClosed, Hourglass, Lock } from 'lucide-react'
import { useEffect, useEffectEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../shared/ui/button.tsx'
import { EmptyState } from '../../shared/ui/empty-state.tsx'
import { useAppDispatch } from '../../state/hooks.ts'
import { enterRoom } from '../../state/video-room-thunks.ts'
import styles from './lobby-screen.module.css'
import { useLobbyPlace } from './use-lobby-place.ts'

export interface LobbyScreenProps {
  readonly code: string
  readonly onEnter: (roomId: string) => void
  readonly onLeave: () => void
}

const pictures = { waiting: Hourglass, locked: Lock, declined: DoorClosed, admitted: Hourglass } as const

/** Before the door of a video room: in as soon as the host says so. */
export function LobbyScreen({ code, onEnter, onLeave }: LobbyScreenProps) {
  const { t } = useTranslation()
  const dispatch = useAppDispatch()
  const place = useLobbyPlace(code)
  const roomId = place === undefined || place === 'gone' ? undefined : place.roomId
  const enter = useEffectEvent((admittedTo: string) => {
    dispatch(enterRoom(admittedTo)).then(
      () => onEnter(admittedTo),
      // The room asks again by itself when it is opened.
      () => onEnter(admittedTo),
    )
  })
  useEffect(() => (roomId === undefined ? undefined : enter(roomId)), [roomId])
  if (place === 'gone')
    return (
      <main className={styles['page']}>
        <EmptyState isError action={<Button onClick={onLeave}>{t('common.goHome')}</Button>}>
          {t('video.goneTitle')}
        </EmptyState>
      </main>
    )
  if (place === undefined) return <main className={styles['page']} aria-busy="true" />
  const state = place.state === 'admitted' ? 'waiting' : place.state
  const Picture = pictures[state]
  return (
    <main className={styles['page']}>
      <section className={styles['card']} data-lobby={place.state} aria-live="polite">
        <Picture size={36} strokeWidth={1.6} className={styles['picture']} aria-hidden="true" />
        <h1 className={styles['name']}>
          <bdi>{place.name}</bdi>
        </h1>
        <p className={styles['title']}>{t(`video.${state}Title`)}</p>
        <p className={styles['text']}>{t(`video.${state}Text`)}</p>
        <Button fullWidth onClick={onLeave}>
          {t(state === 'waiting' ? 'video.leave' : 'common.goHome')}
        </Button>
      </section>
    </main>
  )
}
