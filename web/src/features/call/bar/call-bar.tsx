import {
  Ellipsis,
  Hand,
  LayoutGrid,
  Mic,
  MicOff,
  MonitorOff,
  MonitorUp,
  PhoneOff,
  RectangleHorizontal,
  SwitchCamera,
  Video,
  VideoOff,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { classNames } from '../../../shared/ui/class-names.ts'
import { Menu, type MenuGroups } from '../../../shared/ui/menu.tsx'
import type { LocalMedia } from '../devices/local-media.ts'
import { useLocalMedia } from '../devices/use-local-media.ts'
import styles from './bar.module.css'
import { CallButton } from './call-button.tsx'
import type { ScreenShare } from './use-screen-share.ts'

export interface CallBarProps {
  readonly media: LocalMedia
  readonly share: ScreenShare
  readonly isHandRaised: boolean
  readonly isSpotlight: boolean
  /** Microphone, camera and the end: all that has room beside a talk. */
  readonly isSmall: boolean
  /** A phone's bar has no room for everything: the rest is in its menu. */
  readonly isNarrow: boolean
  readonly menu: MenuGroups
  readonly onToggle: (kind: 'microphone' | 'camera') => void
  readonly onHand: () => void
  readonly onLayout: () => void
  readonly onLeave: () => void
}

/** What one does in a call. */
export function CallBar(props: CallBarProps) {
  const {
    media,
    share,
    isHandRaised,
    isSpotlight,
    isSmall,
    isNarrow,
    menu,
    onToggle,
    onHand,
    onLayout,
    onLeave,
  } = props
  const { t } = useTranslation()
  const { microphone, camera } = useLocalMedia(media)
  const layout = {
    label: t(isSpotlight ? 'call.grid' : 'call.spotlight'),
    icon: isSpotlight ? LayoutGrid : RectangleHorizontal,
  }
  const hasTwoCameras = matchMedia('(pointer: coarse)').matches && camera.track !== undefined
  return (
    <div
      className={classNames(styles['bar'], isSmall && styles['small'])}
      role="toolbar"
      aria-label={t('call.controls')}
    >
      <CallButton
        icon={microphone.isOn ? Mic : MicOff}
        label={t(microphone.isOn ? 'call.mute' : 'call.unmute')}
        shortcut="M"
        tone={microphone.isOn ? 'plain' : 'off'}
        onClick={() => onToggle('microphone')}
      />
      <CallButton
        icon={camera.isOn ? Video : VideoOff}
        label={t(camera.isOn ? 'call.cameraOff' : 'call.cameraOn')}
        shortcut="V"
        tone={camera.isOn ? 'plain' : 'off'}
        onClick={() => onToggle('camera')}
      />
      {!isSmall && hasTwoCameras && (
        <CallButton icon={SwitchCamera} label={t('call.flip')} onClick={() => void media.flipCamera()} />
      )}
      {!isSmall && !isNarrow && share.isPossible && (
        <CallButton
          icon={share.track ? MonitorOff : MonitorUp}
          label={t(share.track ? 'call.stopShare' : 'call.share')}
          shortcut="S"
          tone={share.track ? 'on' : 'plain'}
          onClick={() => share.toggle()}
        />
      )}
      {!isSmall && (
        <CallButton
          icon={Hand}
          label={t(isHandRaised ? 'call.lower' : 'call.raise')}
          shortcut="H"
          tone={isHandRaised ? 'on' : 'plain'}
          aria-pressed={isHandRaised}
          onClick={onHand}
        />
      )}
      {!isSmall && !isNarrow && <CallButton {...layout} onClick={onLayout} />}
      {!isSmall && (
        <Menu
          align="center"
          isDark
          trigger={<CallButton icon={Ellipsis} label={t('call.more')} />}
          groups={
            isNarrow
              ? [
                  [
                    { ...layout, onSelect: onLayout },
                    ...(share.isPossible
                      ? [
                          {
                            label: t(share.track ? 'call.stopShare' : 'call.share'),
                            icon: MonitorUp,
                            onSelect: () => share.toggle(),
                          },
                        ]
                      : []),
                  ],
                  ...menu,
                ]
              : menu
          }
        />
      )}
      <CallButton icon={PhoneOff} label={t('call.leave')} tone="leave" onClick={onLeave} />
    </div>
  )
}
