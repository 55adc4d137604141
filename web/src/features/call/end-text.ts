import type { CallEnd } from '@our-now/client/call/call-state.ts'
import type { TFunction } from 'i18next'

/** Why a call is over, to who did not leave it. */
export function endText(end: CallEnd, t: TFunction): string {
  switch (end) {
    case 'declined':
    case 'unanswered':
    case 'busy':
    case 'blocked':
      return t(`calls.end.${end}`)
    default:
      return t('call.ended')
  }
}
