import { Hand, MicOff, Pin, PinOff, WifiHigh, WifiOff } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../../shared/ui/avatar.tsx'
import { classNames } from '../../../shared/ui/class-names.ts'
import type { CallPart } from './parts.ts'
import styles from './tile.module.css'

export interface TileProps {
  readonly part: CallPart
  /** Cut at the edges to fill the tile; a screen never is. */
  readonly isPinned?: boolean
  readonly onPin?: (() => void) | undefined
  /** The one that picture-in-picture shows. */
  readonly isMain?: boolean
  /** Alone on the stage: that they speak needs no frame. */
  readonly isAlone?: boolean
}

/** One person or screen: the picture or the face that stands for it, the name, and how it is. */
export function Tile({ part, isPinned = false, onPin, isMain = false, isAlone = false }: TileProps) {
  const { t } = useTranslation()
  const { person, video, isOwn, kind, isMuted, isHandRaised, isSpeaking, quality } = part
  const element = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    if (element.current !== null)
      element.current.srcObject = video === undefined ? null : new MediaStream([video])
  }, [video])
  const who = isOwn ? t('call.me') : person.displayName
  const name = kind === 'screen' ? t('call.screenOf', { name: who }) : who
  const Signal = quality === 'bad' ? WifiOff : WifiHigh
  return (
    <figure
      className={classNames(
        styles['tile'],
        isSpeaking && !isAlone && styles['speaking'],
        isOwn && kind === 'person' && styles['mirrored'],
        kind === 'screen' && styles['shared'],
      )}
      data-part={part.key}
    >
      <video
        ref={element}
        autoPlay
        playsInline
        muted
        hidden={video === undefined}
        aria-label={name}
        data-main={isMain || undefined}
      />
      {video === undefined && <Avatar person={person} size="xl" className={styles['face'] ?? ''} />}
      {isHandRaised && (
        <span className={styles['hand']}>
          <Hand size={18} aria-label={t('call.hand')} />
        </span>
      )}
      {onPin && (
        <button
          type="button"
          className={styles['pin']}
          aria-pressed={isPinned}
          aria-label={t('call.pinName', { name })}
          title={t(isPinned ? 'call.unpin' : 'call.pin')}
          onClick={onPin}
        >
          {isPinned ? <PinOff size={16} aria-hidden="true" /> : <Pin size={16} aria-hidden="true" />}
        </button>
      )}
      <figcaption className={styles['caption']}>
        {isMuted && kind === 'person' && (
          <MicOff size={14} className={styles['muted']} aria-label={t('call.muted')} />
        )}
        <bdi className={styles['name']}>{name}</bdi>
        {quality !== 'good' && (
          <Signal size={14} className={styles[quality]} aria-label={t(`call.quality.${quality}`)} />
        )}
      </figcaption>
    </figure>
  )
}
