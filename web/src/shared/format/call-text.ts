import type { CallLine } from '@our-now/contracts/rooms.ts'
import type { TFunction } from 'i18next'

/** How long a call was: `3분 12초`, `45 s`, beyond an hour without the seconds. */
export function lengthText(durationMs: number, t: TFunction): string {
  const all = Math.round(durationMs / 1_000)
  const [hours, minutes, seconds] = [Math.floor(all / 3_600), Math.floor((all % 3_600) / 60), all % 60]
  if (hours > 0) return t('calls.hours', { hours, minutes })
  if (minutes > 0) return t('calls.minutes', { minutes, seconds })
  return t('calls.seconds', { seconds })
}

/** The line of a call as one side reads it; `isMine`: I called. */
export function callText(call: CallLine, isMine: boolean, t: TFunction): string {
  if (call.outcome === 'missed') return t(isMine ? 'calls.noAnswer' : 'calls.missed')
  if (call.outcome === 'declined') return t(isMine ? 'calls.declined' : 'calls.declinedByMe')
  const length = lengthText(call.durationMs, t)
  return t(call.isVideo ? 'calls.videoEnded' : 'calls.voiceEnded', { length })
}
