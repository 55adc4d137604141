import { Mic, MicOff, Video, VideoOff } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../../shared/ui/avatar.tsx'
import { Button } from '../../../shared/ui/button.tsx'
import { Dialog } from '../../../shared/ui/dialog.tsx'
import { Switch } from '../../../shared/ui/switch.tsx'
import { useAppSelector } from '../../../state/hooks.ts'
import { selectMe } from '../../../state/people-selectors.ts'
import { CallButton } from '../bar/call-button.tsx'
import type { CallChoices } from '../devices/call-choices.ts'
import { DeviceNotice } from '../devices/device-notice.tsx'
import { DevicePicker } from '../devices/device-picker.tsx'
import type { LocalMedia } from '../devices/local-media.ts'
import { useLocalMedia } from '../devices/use-local-media.ts'
import { useRoomTitle } from '../use-room-title.ts'
import styles from './preview.module.css'

export interface CallPreviewProps {
  readonly roomId: string
  /** Whether a call runs already that one joins. */
  readonly isJoining: boolean
  readonly media: LocalMedia
  readonly choices: CallChoices
  readonly onChoose: (choice: Partial<CallChoices>) => void
  readonly onJoin: () => void
  readonly onCancel: () => void
}

/** A look into the mirror before others look: picture, level, devices, and how one comes in. */
export function CallPreview(props: CallPreviewProps) {
  const { roomId, isJoining, media, choices, onChoose, onJoin, onCancel } = props
  const { t } = useTranslation()
  const title = useRoomTitle(roomId)
  const { microphone, camera } = useLocalMedia(media)
  const join = useRef<HTMLButtonElement>(null)
  const toggle = (kind: 'microphone' | 'camera'): void => {
    const isOn = !media.state()[kind].isOn
    onChoose(kind === 'microphone' ? { isMicrophoneOn: isOn } : { isCameraOn: isOn })
    void media.setOn(kind, isOn)
  }
  const isDeaf = microphone.problem !== undefined && (camera.problem !== undefined || !camera.isOn)
  return (
    <Dialog
      isOpen
      onClose={onCancel}
      title={title === '' ? t('call.screen') : title}
      initialFocus={join}
      className={styles['dialog'] ?? ''}
      actions={
        <>
          <Button onClick={onCancel}>{t('common.cancel')}</Button>
          <Button ref={join} variant="primary" onClick={onJoin}>
            {t(isDeaf ? 'call.listenOnly' : isJoining ? 'call.joinNow' : 'call.startNow')}
          </Button>
        </>
      }
    >
      <div className={styles['preview']}>
        <div className={`${styles['mirror']} always-dark`}>
          <Mirror track={camera.isOn ? camera.track : undefined} />
          <div className={styles['buttons']}>
            <CallButton
              icon={microphone.isOn ? Mic : MicOff}
              label={t(microphone.isOn ? 'call.mute' : 'call.unmute')}
              tone={microphone.isOn ? 'plain' : 'off'}
              onClick={() => toggle('microphone')}
            />
            <CallButton
              icon={camera.isOn ? Video : VideoOff}
              label={t(camera.isOn ? 'call.cameraOff' : 'call.cameraOn')}
              tone={camera.isOn ? 'plain' : 'off'}
              onClick={() => toggle('camera')}
            />
          </div>
        </div>
        <DeviceNotice media={media} />
        <DevicePicker media={media} choices={choices} onChoose={onChoose} />
        <Switch
          label={t('call.skipPreview')}
          isOn={choices.skipsPreview}
          onChange={(skipsPreview) => onChoose({ skipsPreview })}
        />
      </div>
    </Dialog>
  )
}

function Mirror({ track }: { readonly track: MediaStreamTrack | undefined }) {
  const { t } = useTranslation()
  const me = useAppSelector(selectMe)
  const element = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    if (element.current !== null)
      element.current.srcObject = track === undefined ? null : new MediaStream([track])
  }, [track])
  return (
    <>
      <video
        ref={element}
        autoPlay
        playsInline
        muted
        hidden={track === undefined}
        aria-label={t('call.mirror')}
      />
      {track === undefined && me && <Avatar person={me} size="xl" />}
    </>
  )
}
