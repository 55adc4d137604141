import type { RoomSummary } from '@our-now/contracts/rooms.ts'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../../shared/ui/avatar.tsx'
import { Button } from '../../../shared/ui/button.tsx'
import { useRun } from '../../../shared/ui/use-run.ts'
import styles from './lobby-banner.module.css'
import { useLobby } from './use-lobby.ts'

/** To the host of a video room: who waits, and one tap for each. */
export function LobbyBanner({ room }: { readonly room: RoomSummary }) {
  const { t } = useTranslation()
  const { run, isBusy } = useRun()
  const isHost = room.kind === 'video' && room.membership.role === 'owner'
  const { guests, answer } = useLobby(room.roomId, isHost)
  if (guests.length === 0) return null
  const tell = (userIds: readonly string[], isAdmitted: boolean) =>
    void run(() => answer(userIds, isAdmitted))
  const all = guests.map(({ profile }) => profile.userId)
  return (
    <section
      className={styles['lobby']}
      aria-label={t('video.lobby', { count: guests.length })}
      data-lobby-banner
    >
      <div className={styles['head']}>
        <strong role="status">{t('video.lobby', { count: guests.length })}</strong>
        {guests.length > 1 && (
          <Button size="sm" isBusy={isBusy} onClick={() => tell(all, true)}>
            {t('video.admitAll')}
          </Button>
        )}
      </div>
      <ul className={styles['guests']}>
        {guests.map(({ profile }) => {
          const name = profile.displayName
          return (
            <li key={profile.userId} className={styles['guest']}>
              <Avatar person={profile} size="xs" />
              <bdi className={styles['name']}>{name}</bdi>
              <Button
                size="sm"
                variant="quiet"
                aria-label={t('video.declineName', { name })}
                onClick={() => tell([profile.userId], false)}
              >
                {t('video.decline')}
              </Button>
              <Button
                size="sm"
                variant="primary"
                aria-label={t('video.admitName', { name })}
                onClick={() => tell([profile.userId], true)}
              >
                {t('video.admit')}
              </Button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
