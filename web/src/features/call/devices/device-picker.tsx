import { Mic, Video, Volume2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { CallChoices } from './call-choices.ts'
import { DeviceSelect } from './device-select.tsx'
import styles from './devices.module.css'
import { LevelMeter } from './level-meter.tsx'
import type { LocalMedia } from './local-media.ts'
import { useDeviceList } from './use-device-list.ts'
import { useLocalMedia } from './use-local-media.ts'

export interface DevicePickerProps {
  readonly media: LocalMedia
  readonly choices: CallChoices
  readonly onChoose: (choice: Partial<CallChoices>) => void
}

/** Microphone with its level, camera, and loudspeaker where the browser lets one choose. */
export function DevicePicker({ media, choices, onChoose }: DevicePickerProps) {
  const { t } = useTranslation()
  const { microphone, camera } = useLocalMedia(media)
  const { cameras, microphones, speakers } = useDeviceList(`${microphone.track?.id} ${camera.track?.id}`)
  return (
    <div className={styles['picker']}>
      <DeviceSelect
        icon={Mic}
        label={t('call.microphone')}
        devices={microphones}
        value={microphone.deviceId ?? choices.microphoneId}
        fallback={t(microphone.problem === 'none' ? 'call.noMicrophone' : 'call.microphone')}
        onChoose={(microphoneId) => {
          onChoose({ microphoneId })
          void media.choose('microphone', microphoneId)
        }}
      />
      <LevelMeter track={microphone.isOn ? microphone.track : undefined} />
      <DeviceSelect
        icon={Video}
        label={t('call.camera')}
        devices={cameras}
        value={camera.deviceId ?? choices.cameraId}
        fallback={t(camera.problem === 'none' ? 'call.noCamera' : 'call.camera')}
        onChoose={(cameraId) => {
          onChoose({ cameraId })
          void media.choose('camera', cameraId)
        }}
      />
      {speakers.length > 0 && (
        <DeviceSelect
          icon={Volume2}
          label={t('call.speaker')}
          devices={speakers}
          value={choices.speakerId ?? speakers[0]?.deviceId}
          fallback={t('call.speaker')}
          onChoose={(speakerId) => onChoose({ speakerId })}
        />
      )}
    </div>
  )
}
