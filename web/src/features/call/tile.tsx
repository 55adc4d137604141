import { Hand, MicOff, Pin } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { classNames } from '../../shared/ui/class-names.ts'
import { IconButton } from '../../shared/ui/icon-button.tsx'
import styles from './call.module.css'

export interface TileProps {
  readonly name: string
  readonly video: MediaStreamTrack | undefined
  readonly audio?: MediaStreamTrack | undefined
  readonly isMuted: boolean
  readonly isHandRaised: boolean
  readonly isSpeaking: boolean
  /** Mirrored and silent. */
  readonly isOwn?: boolean
  readonly onPin?: () => void
}

/** One person's picture and sound. */
export function Tile({
  name,
  video,
  audio,
  isMuted,
  isHandRaised,
  isSpeaking,
  isOwn = false,
  onPin,
}: TileProps) {
  const { t } = useTranslation()
  const element = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    if (element.current === null) return
    const tracks = [video, isOwn ? undefined : audio].filter((track) => track !== undefined)
    element.current.srcObject = tracks.length === 0 ? null : new MediaStream(tracks)
  }, [video, audio, isOwn])
  return (
    <figure
      className={classNames(styles['tile'], isSpeaking && styles['speaking'], isOwn && styles['mirrored'])}
    >
      {/* Live speech has no captions to show. */}
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption */}
      <video
        ref={element}
        autoPlay
        playsInline
        muted={isOwn}
        hidden={video === undefined}
        aria-label={name}
      />
      {onPin && (
        <IconButton
          icon={Pin}
          iconSize={16}
          label={t('call.pin')}
          className={styles['pin'] ?? ''}
          onClick={onPin}
        />
      )}
      <figcaption>
        <bdi>{name}</bdi>
        {isMuted && <MicOff size={14} aria-label={t('call.muted')} />}
        {isHandRaised && <Hand size={14} aria-label={t('call.hand')} />}
      </figcaption>
    </figure>
  )
}
