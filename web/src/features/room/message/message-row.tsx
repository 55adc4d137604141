import type { OutboxEntry } from '@our-now/client/client.ts'
import type { Profile } from '@our-now/contracts/people.ts'
import type { Message } from '@our-now/contracts/rooms.ts'
import { MoreHorizontal } from 'lucide-react'
import type { TFunction } from 'i18next'
import { memo, useState, type PointerEvent } from 'react'
import { callText } from '../../../shared/format/call-text.ts'
import { formatTime } from '../../../shared/format/format-time.ts'
import type { Language } from '../../../shared/i18n/create-i18n.ts'
import { Avatar } from '../../../shared/ui/avatar.tsx'
import { classNames } from '../../../shared/ui/class-names.ts'
import { Bubble } from './bubble.tsx'
import { CallBubble } from './call-bubble.tsx'
import { messageLabel } from './message-label.ts'
import { MessageMeta } from './message-meta.tsx'
import styles from './message-row.module.css'
import { openMenuAt } from './open-menu-at.ts'
import { SendState } from './send-state.tsx'

/** The verbs of a row; one object for all rows that stays the same. */
export interface RowVerbs {
  readonly openProfile: (userId: string) => void
  readonly readAll: (text: string) => void
  readonly retry: (clientMessageId: string) => void
  readonly discard: (clientMessageId: string) => void
}

/** The words of all rows: asked for once a list, not once a row. */
export interface RowWords {
  readonly t: TFunction
  readonly language: Language
}

/** A line of the room, or mine that is not one yet: the same element, so that nothing blinks when it becomes one. */
export type MessageRowProps = {
  readonly rowKey: string
  readonly isFirst: boolean
  readonly isLast: boolean
  readonly words: RowWords
  readonly verbs: RowVerbs
} & (
  | {
      readonly message: Message
      readonly isMine: boolean
      /** Of somebody else; absent while the name is not known. */
      readonly author?: Profile | undefined
      readonly unread: number
      readonly entry?: undefined
    }
  | { readonly entry: OutboxEntry; readonly isMine: true; readonly message?: undefined }
)

/** Sent within this time: it slides in. What waited over a reload is simply there. */
const justSentMs = 1_000

/** A message in its place: mine at the right, others' at the left with picture and name once per run. */
export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  const { rowKey, message, entry, isMine, isFirst, isLast, words, verbs } = props
  const { t, language } = words
  const [isHovered, setHovered] = useState(false)
  const [isJustSent] = useState(() => entry !== undefined && Date.now() - entry.createdAtMs < justSentMs)
  const hover = (isOver: boolean) => (event: PointerEvent) => {
    if (event.pointerType === 'mouse') setHovered(isOver)
  }
  const { text, isDeleted, at, unread } = message
    ? { ...message, isDeleted: message.deletedAt !== undefined, at: message.sentAt, unread: props.unread }
    : { text: entry.text, isDeleted: false, at: entry.createdAtMs, unread: 0 }
  const author = message && props.author
  const name = isMine ? t('room.mine') : (author?.displayName ?? t('people.noName'))
  const sendState =
    !entry || entry.state === 'sent' ? undefined : entry.state === 'failed' ? 'failed' : 'sending'
  const time = formatTime(at, language)
  const failure = entry?.failure && t(`errors.${entry.failure}`)
  const call = message?.call
  const said = call === undefined ? text : callText(call, isMine, t)
  const label = messageLabel({ name, text: said, isDeleted, time, unread, sendState, failure }, t)
  return (
    <article
      tabIndex={-1}
      data-row={rowKey}
      aria-label={label}
      className={classNames(
        styles['row'],
        isMine ? styles['own'] : styles['other'],
        isFirst && styles['first'],
        isJustSent && styles['sent'],
      )}
      onPointerEnter={hover(true)}
      onPointerLeave={hover(false)}
    >
      {message && !isMine && isFirst && (
        <>
          <button
            type="button"
            className={styles['avatar']}
            tabIndex={-1}
            aria-label={t('people.openProfile', { name })}
            onClick={() => verbs.openProfile(message.authorId)}
          >
            <Avatar person={author ?? { userId: message.authorId, displayName: name }} size="sm" />
          </button>
          <span className={styles['name']} aria-hidden="true">
            <bdi>{name}</bdi>
          </span>
        </>
      )}
      <div className={styles['line']}>
        {message && call ? (
          <CallBubble roomId={message.roomId} call={call} isMine={isMine} isFirst={isFirst} text={said} />
        ) : (
          <Bubble
            text={text}
            isDeleted={isDeleted}
            isMine={isMine}
            isFirst={isFirst}
            isFaded={sendState === 'failed'}
            words={words}
            onReadAll={verbs.readAll}
          />
        )}
        {entry ? (
          <SendState entry={entry} time={isLast ? time : undefined} words={words} verbs={verbs} />
        ) : (
          <MessageMeta unread={unread} time={isLast ? time : undefined} />
        )}
        {isHovered && !isDeleted && (
          <button
            type="button"
            className={styles['more']}
            tabIndex={-1}
            aria-label={t('room.actions')}
            title={t('room.actions')}
            onClick={(event) => openMenuAt(event.currentTarget)}
          >
            <MoreHorizontal size={18} aria-hidden="true" />
          </button>
        )}
      </div>
      {failure !== undefined && (
        <p className={styles['failure']} aria-hidden="true">
          {failure}
        </p>
      )}
    </article>
  )
})
