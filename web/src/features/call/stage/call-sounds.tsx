import type { CallState } from '@our-now/client/call/call-state.ts'
import { useEffect, useEffectEvent, useRef } from 'react'
import { canChooseSpeaker } from '../devices/use-device-list.ts'

export interface CallSoundsProps {
  readonly state: CallState
  readonly speakerId: string | undefined
  /** The browser wants a press before it lets anything be heard; `retry` is for that press. */
  readonly onBlocked: (retry: () => void) => void
}

/** Everybody's sound, whether or not their tile is on screen. */
export function CallSounds({ state, speakerId, onBlocked }: CallSoundsProps) {
  const sounds = state.tiles.flatMap(({ media }) =>
    media.flatMap(({ producerId, source, track }) =>
      track !== undefined && (source === 'microphone' || source === 'screen-audio')
        ? [{ producerId, track }]
        : [],
    ),
  )
  return sounds.map(({ producerId, track }) => (
    <Sound key={producerId} track={track} speakerId={speakerId} onBlocked={onBlocked} />
  ))
}

function Sound({
  track,
  speakerId,
  onBlocked,
}: { readonly track: MediaStreamTrack } & Pick<CallSoundsProps, 'speakerId' | 'onBlocked'>) {
  const element = useRef<HTMLAudioElement>(null)
  const tellBlocked = useEffectEvent(onBlocked)
  useEffect(() => {
    const audio = element.current
    if (audio === null) return
    audio.srcObject = new MediaStream([track])
    audio.play().catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'NotAllowedError')
        tellBlocked(() => void audio.play().catch(() => undefined))
    })
  }, [track])
  useEffect(() => {
    // A loudspeaker that is not here today: the usual one goes on.
    if (canChooseSpeaker && speakerId !== undefined)
      element.current?.setSinkId(speakerId).catch(() => undefined)
  }, [speakerId])
  // Live speech has no captions to show.
  // oxlint-disable-next-line jsx-a11y/media-has-caption
  return <audio ref={element} autoPlay />
}
