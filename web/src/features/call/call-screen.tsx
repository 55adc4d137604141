import type { CallSession } from '@our-now/client/call/create-call-session.ts'
import type { CallState } from '@our-now/client/call/call-state.ts'
import {
  Maximize2,
  MessageSquare,
  PictureInPicture2,
  Settings2,
  Stethoscope,
  UsersRound,
  Expand,
  Volume2,
} from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../shared/ui/button.tsx'
import { classNames } from '../../shared/ui/class-names.ts'
import { IconButton } from '../../shared/ui/icon-button.tsx'
import { useToast } from '../../shared/ui/toast.tsx'
import { useAppSelector } from '../../state/hooks.ts'
import { selectMe } from '../../state/people-selectors.ts'
import { CallBar } from './bar/call-bar.tsx'
import { useCallKeys } from './bar/use-call-keys.ts'
import { useScreenShare } from './bar/use-screen-share.ts'
import { DeviceNotice } from './devices/device-notice.tsx'
import { DevicesDialog } from './devices/devices-dialog.tsx'
import type { CallChoices } from './devices/call-choices.ts'
import type { LocalMedia } from './devices/local-media.ts'
import { useLocalMedia } from './devices/use-local-media.ts'
import { Elapsed } from './elapsed.tsx'
import { HostDialog } from './host/host-dialog.tsx'
import { useHostWords } from './host/use-host-words.ts'
import { CallSounds } from './stage/call-sounds.tsx'
import { CallStage } from './stage/call-stage.tsx'
import { mainPartOf, toParts, type CallLayout } from './stage/parts.ts'
import { useHeldSpeaker } from './stage/use-held-speaker.ts'
import { useMovable } from './stage/use-movable.ts'
import { useNameIn } from './use-name-in.ts'
import { useCallWindow } from './use-call-window.ts'
import { useRoomTitle } from './use-room-title.ts'
import { useShownVideos } from './use-shown-videos.ts'
import styles from './call-window.module.css'

export interface CallScreenProps {
  readonly roomId: string
  readonly session: CallSession
  readonly state: CallState
  readonly media: LocalMedia
  readonly choices: CallChoices
  readonly onChoose: (choice: Partial<CallChoices>) => void
  /** Brings the room of the call before one, to write there. */
  readonly onOpenRoom: () => void
  readonly onOpenDoctor: () => void
}

/** The call one is in: over everything, beside a talk, or small in a corner. */
export function CallScreen(props: CallScreenProps) {
  const { roomId, session, state, media, choices, onChoose, onOpenRoom, onOpenDoctor } = props
  const { t } = useTranslation()
  const toast = useToast()
  const me = useAppSelector(selectMe)
  const nameOf = useNameIn(roomId)
  const title = useRoomTitle(roomId)
  const local = useLocalMedia(media)
  const section = useRef<HTMLElement>(null)
  const { mode, shrink, grow, isNarrow, toggleFullScreen } = useCallWindow()
  const [layout, setLayout] = useState<CallLayout>('auto')
  const [pinnedKey, setPinned] = useState<string>()
  const [isChoosing, setChoosing] = useState(false)
  const [isHosting, setHosting] = useState(false)
  const isHost = useAppSelector(
    ({ rooms: { rooms } }) => rooms[roomId]?.kind !== 'direct' && rooms[roomId]?.membership.role === 'owner',
  )
  const [unblock, setUnblock] = useState<() => void>()
  const float = useMovable('bottom-right')
  const share = useScreenShare(session, () => toast({ text: t('call.shareFailed'), isUrgent: true }))
  const speakerPeerId = useHeldSpeaker(state)
  const show = useShownVideos(session)

  const parts = toParts({
    state,
    local,
    ownScreen: share.track,
    me: { userId: me?.userId ?? '', displayName: me?.displayName ?? t('call.me') },
    nameOf,
  })
  const isFloating = mode === 'float'
  const main = mainPartOf(parts, { layout: isFloating ? 'spotlight' : layout, pinnedKey, speakerPeerId })
  const isAlone = state.status === 'joined' && state.tiles.length === 0
  const run = (work: Promise<void>): void => void work.catch(() => undefined)
  const flip = (kind: 'microphone' | 'camera'): void => {
    const isOn = !media.state()[kind].isOn
    onChoose(kind === 'microphone' ? { isMicrophoneOn: isOn } : { isCameraOn: isOn })
    void media.setOn(kind, isOn)
  }
  useHostWords(state, () => void media.setOn('microphone', false))
  const raise = (): void => run(session.raiseHand(!session.state().isHandRaised))
  const toChat = (): void => {
    shrink()
    onOpenRoom()
  }
  const popOut = (): void => {
    const video = section.current?.querySelector<HTMLVideoElement>('video[data-main]:not([hidden])')
    video?.requestPictureInPicture().catch(() => toast({ text: t('call.popOutFailed') }))
  }
  const keys = {
    microphone: () => flip('microphone'),
    camera: () => flip('camera'),
    hand: raise,
    share: () => (share.isPossible ? share.toggle() : undefined),
    fullScreen: toggleFullScreen,
    shrink: mode === 'full' && document.fullscreenElement === null ? shrink : undefined,
  }
  useCallKeys(keys, { scope: section, isEverywhere: mode === 'full' })
  // Whoever joins by keyboard or screen reader is in the call, not behind it.
  useEffect(() => section.current?.focus(), [])

  const canPopOut = 'pictureInPictureEnabled' in document && document.pictureInPictureEnabled
  const menu = [
    [
      ...(isHost
        ? [{ label: t('calls.host.title'), icon: UsersRound, onSelect: () => setHosting(true) }]
        : []),
      { label: t('call.devices'), icon: Settings2, onSelect: () => setChoosing(true) },
      ...(canPopOut ? [{ label: t('call.popOut'), icon: PictureInPicture2, onSelect: popOut }] : []),
      ...(document.fullscreenEnabled
        ? [{ label: t('call.fullScreen'), icon: Expand, onSelect: toggleFullScreen }]
        : []),
    ],
    [
      {
        label: t('settings.call-doctor'),
        icon: Stethoscope,
        onSelect: () => {
          shrink()
          onOpenDoctor()
        },
      },
    ],
  ]
  return (
    <section
      ref={section}
      aria-label={t('call.screen')}
      tabIndex={-1}
      data-status={state.status}
      data-mode={mode}
      className={classNames('always-dark', styles['window'], styles[mode])}
      {...(isFloating ? float.props : {})}
    >
      <header className={styles['header']}>
        {mode === 'full' ? (
          <IconButton icon={MessageSquare} label={t('call.chat')} onClick={toChat} />
        ) : (
          <IconButton icon={Maximize2} label={t('call.grow')} onClick={grow} />
        )}
        <span className={styles['title']}>
          <bdi>{title}</bdi>
          {state.startedAtMs !== undefined && <Elapsed sinceMs={state.startedAtMs} />}
        </span>
      </header>
      <p className={styles['status']} role="status" data-empty={state.status === 'joined' && !isAlone}>
        {state.status === 'joining' && t('call.joining')}
        {state.status === 'recovering' && t('call.recovering')}
        {isAlone && t('call.alone')}
      </p>
      <CallStage
        parts={parts}
        main={main}
        pinnedKey={pinnedKey}
        onPin={setPinned}
        isPairAllowed={layout === 'auto'}
        isSmall={isFloating}
        onShown={show}
      />
      <div className={styles['notices']}>
        <DeviceNotice media={media} />
        {unblock !== undefined && (
          <Button
            variant="primary"
            onClick={() => {
              unblock()
              setUnblock(undefined)
            }}
          >
            <Volume2 size={18} aria-hidden="true" /> {t('call.hear')}
          </Button>
        )}
      </div>
      <CallBar
        media={media}
        share={share}
        isHandRaised={state.isHandRaised}
        isSpotlight={main !== undefined}
        isSmall={isFloating}
        isNarrow={isNarrow || mode === 'side'}
        menu={menu}
        onToggle={flip}
        onHand={raise}
        onLayout={() => {
          setPinned(undefined)
          setLayout(main === undefined ? 'spotlight' : 'grid')
        }}
        onLeave={() => run(session.leave())}
      />
      <CallSounds
        state={state}
        speakerId={choices.speakerId}
        onBlocked={(retry) =>
          setUnblock((others) => () => {
            others?.()
            retry()
          })
        }
      />
      {isHosting && (
        <HostDialog roomId={roomId} tiles={state.tiles} nameOf={nameOf} onClose={() => setHosting(false)} />
      )}
      {isChoosing && (
        <DevicesDialog
          media={media}
          choices={choices}
          onChoose={onChoose}
          onClose={() => setChoosing(false)}
        />
      )}
    </section>
  )
}
