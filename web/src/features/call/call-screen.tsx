import type { CallSession } from '@our-now/client/call/create-call-session.ts'
import type { CallState } from '@our-now/client/call/call-state.ts'
import { Hand, Maximize2, Mic, MicOff, Minimize2, MonitorUp, PhoneOff, Video, VideoOff } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { classNames } from '../../shared/ui/class-names.ts'
import { IconButton } from '../../shared/ui/icon-button.tsx'
import { useAppSelector } from '../../state/hooks.ts'
import styles from './call.module.css'
import { nameIn } from './name-in.ts'
import { Tile } from './tile.tsx'

export interface CallScreenProps {
  readonly roomId: string
  readonly session: CallSession
  readonly state: CallState
  readonly localTracks: readonly MediaStreamTrack[]
}

/** Everybody in the call and what one can do there. */
export function CallScreen({ roomId, session, state, localTracks }: CallScreenProps) {
  const { t } = useTranslation()
  const room = useAppSelector((all) => all.rooms.rooms[roomId])
  const [isSmall, setIsSmall] = useState(false)
  const [pinned, setPinned] = useState<string>()
  const [shared, setShared] = useState<MediaStreamTrack>()
  const { microphone, camera } = state.sent
  const run = (work: Promise<void>): void => void work.catch(() => undefined)

  const stopSharing = (track: MediaStreamTrack): void => {
    track.stop()
    setShared(undefined)
    run(session.setTrack('screen', undefined))
    run(session.setTrack('screen-audio', undefined))
  }
  const share = async (): Promise<void> => {
    if (shared) return stopSharing(shared)
    const stream = await navigator.mediaDevices.getDisplayMedia({ video: true, audio: true })
    const [track] = stream.getVideoTracks()
    const [sound] = stream.getAudioTracks()
    if (!track) return
    track.addEventListener('ended', () => stopSharing(track))
    setShared(track)
    await session.setTrack('screen', track)
    if (sound) await session.setTrack('screen-audio', sound)
  }

  const others = state.tiles.flatMap((tile) => {
    const find = (source: string) => tile.media.find((each) => each.source === source)
    const screen = find('screen')
    const name = nameIn(room, tile.userId)
    const isSpeaking = state.speakerPeerId === tile.peerId
    const person = {
      key: tile.peerId,
      name,
      video: find('camera')?.isPaused === false ? find('camera')?.track : undefined,
      audio: find('microphone')?.track,
      isMuted: find('microphone')?.isPaused !== false,
      isHandRaised: tile.isHandRaised,
      isSpeaking,
    }
    if (!screen) return [person]
    const sharing = {
      key: `${tile.peerId}:screen`,
      name: `${name} · ${t('call.sharing')}`,
      video: screen.track,
      audio: find('screen-audio')?.track,
      isMuted: false,
      isHandRaised: false,
      isSpeaking: false,
    }
    return [sharing, person]
  })
  const large = others.find(({ key }) => key === pinned) ?? others.find(({ key }) => key.endsWith(':screen'))
  const shown = large ? [large, ...others.filter((each) => each !== large)] : others
  const own = localTracks.find(({ kind }) => kind === 'video')

  return (
    <section
      aria-label={t('call.screen')}
      data-status={state.status}
      className={classNames(styles['screen'], isSmall && styles['small'])}
    >
      <p className={styles['status']} role="status">
        {state.status === 'joining' && t('call.joining')}
        {state.status === 'recovering' && t('call.recovering')}
        {state.status === 'joined' && others.length === 0 && t('call.alone')}
      </p>
      <div
        className={classNames(styles['grid'], large && styles['spotlight'])}
        data-count={Math.min(shown.length, 16)}
      >
        {shown.map(({ key, ...tile }) => (
          <Tile key={key} {...tile} onPin={() => setPinned(pinned === key ? undefined : key)} />
        ))}
      </div>
      <div className={styles['own']}>
        <Tile
          name={t('call.me')}
          video={camera?.isPaused === false ? own : undefined}
          isMuted={microphone?.isPaused !== false}
          isHandRaised={state.isHandRaised}
          isSpeaking={state.speakerPeerId === state.myPeerId}
          isOwn
        />
      </div>
      <div className={styles['bar']}>
        <IconButton
          icon={microphone?.isPaused === false ? Mic : MicOff}
          label={t(microphone?.isPaused === false ? 'call.mute' : 'call.unmute')}
          disabled={!microphone}
          onClick={() => run(session.setPaused('microphone', !microphone?.isPaused))}
        />
        <IconButton
          icon={camera?.isPaused === false ? Video : VideoOff}
          label={t(camera?.isPaused === false ? 'call.cameraOff' : 'call.cameraOn')}
          disabled={!camera}
          onClick={() => run(session.setPaused('camera', !camera?.isPaused))}
        />
        <IconButton
          icon={MonitorUp}
          label={t(shared ? 'call.stopShare' : 'call.share')}
          onClick={() => run(share())}
        />
        <IconButton
          icon={Hand}
          label={t(state.isHandRaised ? 'call.lower' : 'call.raise')}
          aria-pressed={state.isHandRaised}
          onClick={() => run(session.raiseHand(!state.isHandRaised))}
        />
        <IconButton
          icon={isSmall ? Maximize2 : Minimize2}
          label={t(isSmall ? 'call.grow' : 'call.shrink')}
          onClick={() => setIsSmall(!isSmall)}
        />
        <IconButton
          icon={PhoneOff}
          tone="danger"
          label={t('call.leave')}
          onClick={() => run(session.leave())}
        />
      </div>
    </section>
  )
}
