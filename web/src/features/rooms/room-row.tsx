import type { RoomSummary } from '@our-now/contracts/rooms.ts'
import { BellOff, MoreVertical, Pin } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { isOfMany } from '../../shared/format/is-of-many.ts'
import { callText } from '../../shared/format/call-text.ts'
import { formatListTime } from '../../shared/format/format-time.ts'
import { otherMembers, roomTitle } from '../../shared/format/room-title.ts'
import { useLanguage } from '../../shared/i18n/use-language.ts'
import { AvatarMosaic } from '../../shared/ui/avatar.tsx'
import { Badge } from '../../shared/ui/badge.tsx'
import { classNames } from '../../shared/ui/class-names.ts'
import { IconButton } from '../../shared/ui/icon-button.tsx'
import type { MenuGroups } from '../../shared/ui/menu-groups.ts'
import type { RowMenu } from '../../shared/ui/use-row-menu.tsx'
import row from '../../shared/ui/row.module.css'
import { badgeCap, unreadOf } from '../../state/room-selectors.ts'
import { CallMark } from './call-mark.tsx'
import { lastLineOf } from './last-line.ts'
import styles from './room-row.module.css'
import { useRoomWords } from '../../shared/format/use-room-words.ts'

export interface RoomRowProps {
  readonly room: RoomSummary
  readonly myUserId: string
  /** Local clock, for 어제 and the like. */
  readonly nowMs: number
  readonly isSelected: boolean
  readonly groupsFor: (room: RoomSummary) => MenuGroups
  readonly menu: Pick<RowMenu, 'rowHandlers' | 'openBeside'>
  readonly tabIndex: 0 | -1
  readonly onOpen: (roomId: string) => void
}

/** One room: picture, title with the number of members, last line, time, unread badge. */
export function RoomRow({
  room,
  myUserId,
  nowMs,
  isSelected,
  groupsFor,
  menu,
  tabIndex,
  onOpen,
}: RoomRowProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const words = useRoomWords()
  const title = roomTitle(room, myUserId, words)
  const unread = unreadOf(room)
  const { isMuted, isPinned } = room.membership

  return (
    <div
      className={classNames(row['row'], styles['row'], isSelected && row['selected'])}
      {...menu.rowHandlers(() => groupsFor(room))}
    >
      <button
        type="button"
        className={classNames(row['main'], styles['main'])}
        tabIndex={tabIndex}
        data-row={room.roomId}
        aria-current={isSelected ? 'page' : undefined}
        onClick={() => onOpen(room.roomId)}
      >
        <AvatarMosaic people={otherMembers(room, myUserId)} size="md" />
        <span className={row['words']}>
          <span className={styles['top']}>
            <span className={row['title']}>
              <bdi>{title}</bdi>
            </span>
            {isOfMany(room.kind) && (
              <span
                className={styles['members']}
                aria-label={t('rooms.members', { count: room.memberCount })}
              >
                {room.memberCount}
              </span>
            )}
            <CallMark roomId={room.roomId} />
            {isPinned && <Pin size={13} className={styles['mark']} aria-label={t('rooms.pinned')} />}
            {isMuted && <BellOff size={13} className={styles['mark']} aria-label={t('rooms.muted')} />}
            <time className={styles['time']} dateTime={new Date(room.activeAt).toISOString()}>
              {formatListTime(room.activeAt, nowMs, language)}
            </time>
          </span>
          <span className={styles['bottom']}>
            <LastLineText room={room} myUserId={myUserId} />
            <Badge
              count={unread}
              cap={badgeCap}
              isQuiet={isMuted}
              label={t('common.unread', { count: unread })}
              className={styles['badge']}
            />
          </span>
        </span>
      </button>
      <IconButton
        icon={MoreVertical}
        iconSize={18}
        label={t('rooms.rowMenu', { name: title })}
        className={classNames(row['menu'], styles['menu'])}
        tabIndex={-1}
        aria-haspopup="menu"
        onClick={(event) => menu.openBeside(event.currentTarget, groupsFor(room))}
      />
    </div>
  )
}

function LastLineText({ room, myUserId }: { readonly room: RoomSummary; readonly myUserId: string }) {
  const { t } = useTranslation()
  const line = lastLineOf(room, myUserId)
  return (
    <span className={classNames(row['detail'], styles['last'])} dir="auto">
      {line.kind === 'none'
        ? t('rooms.noMessageYet')
        : line.kind === 'deleted'
          ? t('rooms.deleted')
          : line.kind === 'call'
            ? callText(line.call, line.isMine, t)
            : line.isMine
              ? t('rooms.mine', { text: line.text })
              : line.text}
    </span>
  )
}
