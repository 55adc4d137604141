import type { CallTile } from '@our-now/client/call/call-state.ts'
import { MicOff, UserMinus, UserPlus } from 'lucide-react'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../../shared/ui/avatar.tsx'
import { Button } from '../../../shared/ui/button.tsx'
import { Dialog } from '../../../shared/ui/dialog.tsx'
import { IconButton } from '../../../shared/ui/icon-button.tsx'
import { useRun } from '../../../shared/ui/use-run.ts'
import { useLoad } from '../../../shared/use-load.ts'
import { useClient } from '../../../state/hooks.ts'
import styles from './host-dialog.module.css'

export interface HostDialogProps {
  readonly roomId: string
  readonly tiles: readonly CallTile[]
  readonly nameOf: (userId: string) => string
  readonly onClose: () => void
}

/** The host's view of who is in the call: turn a microphone off, take out, let in again. */
export function HostDialog({ roomId, tiles, nameOf, onClose }: HostDialogProps) {
  const { t } = useTranslation()
  const client = useClient()
  const { run } = useRun()
  const out = useLoad(useCallback(() => client.command('call:list-out', { roomId }), [client, roomId]))
  const outIds = out.status === 'ready' ? out.value.userIds : []
  const letIn = (userId: string, isAllowed: boolean) =>
    void run(async () => {
      await client.command('call:let-in', { roomId, userId, isAllowed })
      if (out.status === 'ready') out.setValue(await client.command('call:list-out', { roomId }))
    })
  const isOn = (tile: CallTile): boolean =>
    tile.media.some(({ source, isPaused }) => source === 'microphone' && !isPaused)
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('calls.host.title')}
      actions={
        <Button
          fullWidth
          disabled={tiles.length === 0}
          onClick={() =>
            void run(
              async () => void (await client.command('call:ask-mute', { roomId })),
              t('calls.host.askedDone'),
            )
          }
        >
          <MicOff size={18} aria-hidden="true" />
          {t('calls.host.askAll')}
        </Button>
      }
    >
      {tiles.length === 0 && outIds.length === 0 && <p className={styles['empty']}>{t('call.alone')}</p>}
      <ul className={styles['people']}>
        {tiles.map((tile) => {
          const name = nameOf(tile.userId)
          return (
            <li key={tile.peerId} className={styles['person']}>
              <Avatar person={{ userId: tile.userId, displayName: name }} size="sm" />
              <bdi className={styles['name']}>{name}</bdi>
              <IconButton
                icon={MicOff}
                label={t('calls.host.muteName', { name })}
                disabled={!isOn(tile)}
                onClick={() =>
                  void run(async () => {
                    await client.command('call:mute', { roomId, peerId: tile.peerId })
                  })
                }
              />
              <IconButton
                icon={UserMinus}
                label={t('calls.host.removeName', { name })}
                onClick={() => letIn(tile.userId, false)}
              />
            </li>
          )
        })}
        {outIds.map((userId) => {
          const name = nameOf(userId)
          return (
            <li key={userId} className={styles['person']}>
              <Avatar person={{ userId, displayName: name }} size="sm" />
              <span className={styles['name']}>
                <bdi>{name}</bdi> <small>{t('calls.host.isOut')}</small>
              </span>
              <IconButton
                icon={UserPlus}
                label={t('calls.host.letInName', { name })}
                onClick={() => letIn(userId, true)}
              />
            </li>
          )
        })}
      </ul>
    </Dialog>
  )
}
