import type { RoomSummary } from '@our-now/contracts/rooms.ts'
import { DoorClosed } from 'lucide-react'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../shared/ui/button.tsx'
import { ConfirmDialog } from '../../../shared/ui/confirm-dialog.tsx'
import { LinkBox } from '../../../shared/ui/link-box.tsx'
import { LoadFailed } from '../../../shared/ui/load-failed.tsx'
import { Skeleton } from '../../../shared/ui/skeleton.tsx'
import { Switch } from '../../../shared/ui/switch.tsx'
import { useRun } from '../../../shared/ui/use-run.ts'
import { useLoad } from '../../../shared/use-load.ts'
import { useAppDispatch, useClient } from '../../../state/hooks.ts'
import { closeVideoRoom } from '../../../state/video-room-thunks.ts'
import styles from './door-panel.module.css'

/** The door of a video room: its link, and for the host the lock and the end of it all. */
export function DoorPanel({ room, onClosed }: { readonly room: RoomSummary; readonly onClosed: () => void }) {
  const { t } = useTranslation()
  const client = useClient()
  const dispatch = useAppDispatch()
  const { run } = useRun()
  const [isAsking, setAsking] = useState(false)
  const { roomId } = room
  const door = useLoad(useCallback(() => client.api.getVideoRoom({ roomId }), [client, roomId]))
  if (door.status === 'failed') return <LoadFailed error={door.error} onRetry={door.retry} />
  if (door.status === 'loading')
    return (
      <div className={styles['door']} aria-busy="true">
        <Skeleton shape="block" height="44px" />
      </div>
    )
  const isHost = room.membership.role === 'owner'
  return (
    <div className={styles['door']}>
      <LinkBox
        url={`${location.origin}/video/${door.value.code}`}
        label={t('video.link')}
        shareText={t('video.share')}
        emphasis="secondary"
      />
      {isHost && (
        <>
          <Switch
            label={t('video.lock')}
            hint={t('video.lockHint')}
            isOn={door.value.isLocked}
            onChange={(isLocked) =>
              void run(async () => door.setValue(await client.api.updateVideoRoom({ roomId, isLocked })))
            }
          />
          <Button variant="quiet" size="sm" onClick={() => setAsking(true)}>
            <DoorClosed size={16} aria-hidden="true" />
            {t('video.close')}
          </Button>
        </>
      )}
      <ConfirmDialog
        isOpen={isAsking}
        isDangerous
        onClose={() => setAsking(false)}
        title={t('video.closeTitle')}
        description={t('video.closeText')}
        confirmLabel={t('video.close')}
        onConfirm={async () => {
          if (await run(() => dispatch(closeVideoRoom(roomId)), t('video.closed'))) onClosed()
        }}
      />
    </div>
  )
}
