import type { NoticeEvent } from '@our-now/client/room-view/timeline.ts'
import type { Profile } from '@our-now/contracts/people.ts'
import type { TFunction } from 'i18next'
import { lengthText } from '../../../shared/format/call-text.ts'

/** More names than this become "… 외 N명". */
const mostNames = 4

/** A fact of the room's log as a sentence. `nameOf` knows everybody who was seen. */
export function noticeText(event: NoticeEvent, nameOf: (userId: string) => string, t: TFunction): string {
  const name = nameOf(event.actorId)
  switch (event.kind) {
    case 'room-created': {
      const others = event.members.filter((member) => member.userId !== event.actorId)
      if (others.length === 0) return t('room.created', { name })
      return t('room.createdWith', { name, names: namesOf(others, t) })
    }
    case 'members-joined': {
      const names = namesOf(event.members, t)
      const isInvited = event.members.some((member) => member.userId !== event.actorId)
      return isInvited ? t('room.invited', { name, names }) : t('room.joined', { names })
    }
    case 'member-left':
      return event.reason === 'removed'
        ? t('room.removed', { name, member: event.member.displayName })
        : t('room.wentOut', { name: event.member.displayName })
    case 'room-renamed':
      return event.name === '' ? t('room.unnamed', { name }) : t('room.renamed', { name, title: event.name })
    case 'owner-changed':
      return t('room.ownerChanged', { name: event.member.displayName })
    case 'call-started':
      return t(event.isVideo ? 'calls.startedVideo' : 'calls.started', { name })
    case 'call-ended':
      return t('calls.groupEnded', { length: lengthText(event.durationMs, t) })
  }
}

function namesOf(members: readonly Profile[], t: TFunction): string {
  const shown = members.slice(0, mostNames).map((member) => member.displayName)
  const names = shown.join(', ')
  const rest = members.length - shown.length
  return rest > 0 ? t('room.andOthers', { names, count: rest }) : names
}
