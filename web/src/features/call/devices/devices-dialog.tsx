import { useTranslation } from 'react-i18next'
import { Dialog } from '../../../shared/ui/dialog.tsx'
import { callKeys } from '../bar/use-call-keys.ts'
import type { CallChoices } from './call-choices.ts'
import { DeviceNotice } from './device-notice.tsx'
import { DevicePicker } from './device-picker.tsx'
import styles from './devices.module.css'
import type { LocalMedia } from './local-media.ts'

export interface DevicesDialogProps {
  readonly media: LocalMedia
  readonly choices: CallChoices
  readonly onChoose: (choice: Partial<CallChoices>) => void
  readonly onClose: () => void
}

/** Another microphone, camera or loudspeaker during the call; and the keys one can use. */
export function DevicesDialog({ media, choices, onChoose, onClose }: DevicesDialogProps) {
  const { t } = useTranslation()
  const keys = [
    [callKeys.microphone, t('call.microphone')],
    [callKeys.camera, t('call.camera')],
    [callKeys.hand, t('call.raise')],
    [callKeys.share, t('call.share')],
    [callKeys.fullScreen, t('call.fullScreen')],
    ['Esc', t('call.shrink')],
  ] as const
  return (
    <Dialog isOpen onClose={onClose} title={t('call.devices')}>
      <DeviceNotice media={media} />
      <DevicePicker media={media} choices={choices} onChoose={onChoose} />
      <h3 className={styles['heading']}>{t('call.keys')}</h3>
      <dl className={styles['keys']}>
        {keys.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
