import type { TFunction } from 'i18next'
import { spoken } from '../announcer/announce.ts'

/** What a screen reader says of a message: "이름, 내용, 오후 3:20, 2명 안 읽음". */
export function messageLabel(
  at: {
    readonly name: string
    readonly text: string
    readonly isDeleted: boolean
    readonly time: string
    readonly unread: number
    readonly sendState?: 'sending' | 'failed' | undefined
    /** Why it failed. */
    readonly failure?: string | undefined
  },
  t: TFunction,
): string {
  const parts = [at.name, at.isDeleted ? t('room.deleted') : spoken(at.text), at.time]
  if (at.unread > 0) parts.push(t('room.unreadBy', { count: at.unread }))
  if (at.sendState === 'sending') parts.push(t('room.sending'))
  if (at.sendState === 'failed') parts.push(t('room.failed'))
  if (at.failure !== undefined) parts.push(at.failure)
  return parts.join(', ')
}
