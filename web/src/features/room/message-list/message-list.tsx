import type { RoomSummary } from '@our-now/contracts/rooms.ts'
import {
  useCallback,
  useImperativeHandle,
  useMemo,
  useState,
  type MouseEvent,
  type PointerEvent,
  type Ref,
} from 'react'
import { useTranslation } from 'react-i18next'
import { ContextMenu } from '../../../shared/ui/menu.tsx'
import { useAppDispatch, useAppSelector } from '../../../state/hooks.ts'
import { discardSend, retrySend } from '../../../state/message-thunks.ts'
import type { RowVerbs } from '../message/message-row.tsx'
import { useMessageMenu } from '../message/use-message-menu.tsx'
import { FullTextDialog } from '../text/full-text-dialog.tsx'
import { HistoryTop } from './history-top.tsx'
import { JumpToNewest } from './jump-to-newest.tsx'
import { ListFailed, ListSkeleton } from './list-states.tsx'
import styles from './message-list.module.css'
import { RowsView } from './rows-view.tsx'
import type { MessageRow, PendingRow, Row } from './rows.ts'
import { TypingLine } from './typing-line.tsx'
import { useBlocks } from './use-blocks.ts'
import { useLines } from './use-lines.ts'
import { useMessageFocus } from './use-message-focus.ts'
import { useScroll } from './use-scroll.ts'

export interface MessageListHandle {
  readonly toNewest: () => void
}

export interface MessageListProps {
  readonly room: RoomSummary
  readonly myUserId: string
  readonly onOpenProfile: (userId: string) => void
  /** Back to writing. */
  readonly onEscape: () => void
  /** A dialog over the list was closed. */
  readonly onDialogClosed: () => void
  readonly ref?: Ref<MessageListHandle>
}

const noSeqs: ReadonlySet<number> = new Set()

/** What was said in a room. */
export function MessageList({
  room,
  myUserId,
  onOpenProfile,
  onEscape,
  onDialogClosed,
  ref,
}: MessageListProps) {
  const { roomId } = room
  const { t } = useTranslation()
  const dispatch = useAppDispatch()
  const status = useAppSelector((state) => state.messages.byRoom[roomId]?.status ?? 'idle')
  const [openedSeqs, setOpenedSeqs] = useState(noSeqs)
  const [fullText, setFullText] = useState<string>()
  const rows = useLines(room, myUserId, openedSeqs)
  const [liveFrom] = useState(room.head)
  const { blocks, isWhole } = useBlocks(rows, liveFrom)
  const { scrollerRef, rowsRef, toNewest, isFar } = useScroll(roomId, blocks, isWhole)
  const focus = useMessageFocus(onEscape)
  const menu = useMessageMenu(room, onDialogClosed)
  const target = useMenuTarget(rows)
  useImperativeHandle(ref, () => ({ toNewest }), [toNewest])

  const verbs = useMemo(
    (): RowVerbs => ({
      openProfile: onOpenProfile,
      readAll: setFullText,
      retry: (id) => void dispatch(retrySend(id)).catch(() => undefined),
      discard: (id) => {
        void dispatch(discardSend(id)).catch(() => undefined)
        onEscape()
      },
    }),
    [dispatch, onOpenProfile, onEscape],
  )
  const onShowBlocked = useCallback((seq: number) => setOpenedSeqs((known) => new Set(known).add(seq)), [])
  const isEmpty = rows.length === 0
  const isLoading = isEmpty && (status === 'idle' || status === 'loading')

  return (
    <div className={styles['list']}>
      <div
        className={styles['menuArea']}
        onContextMenuCapture={target.onContextMenu}
        onPointerDownCapture={target.onPointerDown}
      >
        <ContextMenu groups={menu.groupsFor(target.row)}>
          <div
            ref={scrollerRef}
            role="log"
            aria-live="off"
            aria-label={t('room.messages')}
            aria-busy={isLoading || undefined}
            className={styles['scroller']}
            {...focus}
          >
            <div className={styles['content']}>
              {isLoading ? (
                <ListSkeleton />
              ) : isEmpty && status === 'failed' ? (
                <ListFailed roomId={roomId} />
              ) : (
                <HistoryTop room={room} myUserId={myUserId} isComing={!isWhole} />
              )}
              <div ref={rowsRef} className={styles['rows']}>
                <RowsView roomId={roomId} blocks={blocks} verbs={verbs} onShowBlocked={onShowBlocked} />
              </div>
            </div>
          </div>
        </ContextMenu>
      </div>
      <TypingLine roomId={roomId} />
      <JumpToNewest
        roomId={roomId}
        isFar={isFar}
        onJump={() => {
          toNewest()
          onDialogClosed()
        }}
      />
      {menu.dialogs}
      {fullText !== undefined && (
        <FullTextDialog
          text={fullText}
          onClose={() => {
            setFullText(undefined)
            onDialogClosed()
          }}
        />
      )}
    </div>
  )
}

/**
 * The message that the one menu of the list is about. A right click beside the messages, on a link or on selected words
 * is left to the browser.
 */
function useMenuTarget(rows: readonly Row[]) {
  const [key, setKey] = useState<string>()
  const keyAt = (event: MouseEvent | PointerEvent) =>
    event.target instanceof Element
      ? event.target.closest<HTMLElement>('[data-row]')?.dataset['row']
      : undefined
  return {
    row: rows.find(
      (row): row is MessageRow | PendingRow =>
        row.key === key && (row.kind === 'message' || row.kind === 'pending'),
    ),
    onContextMenu: (event: MouseEvent) => {
      const next = keyAt(event)
      const isOnLink = event.target instanceof Element && event.target.closest('a') !== null
      const isOnSelection = event.isTrusted && getSelection()?.isCollapsed === false
      if (next === undefined || isOnLink || isOnSelection) event.stopPropagation()
      else setKey(next)
    },
    // A long press opens the menu by a timer: by then the message must be known.
    onPointerDown: (event: PointerEvent) => {
      if (event.pointerType !== 'mouse') setKey(keyAt(event))
    },
  }
}
