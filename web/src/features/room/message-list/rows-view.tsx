import type { RoomSummary } from '@our-now/contracts/rooms.ts'
import { memo, useCallback, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useAppDispatch, useAppSelector } from '../../../state/hooks.ts'
import { selectUnreadCounter } from '../../../state/message-selectors.ts'
import { loadMissingProfiles } from '../../../state/people-thunks.ts'
import { dividerShown } from '../../../state/read-state-slice.ts'
import { MessageRow, type RowVerbs } from '../message/message-row.tsx'
import { BlockedLine, DayLine, DividerLine, NoticeLine } from './lines.tsx'
import { noticeText } from './notice-text.ts'
import type { Row } from './rows.ts'

export interface RowsViewProps {
  readonly room: RoomSummary
  readonly rows: readonly Row[]
  readonly verbs: RowVerbs
  readonly onShowBlocked: (seq: number) => void
}

/** Every row of the list. Each is drawn anew only when it changed itself. */
export const RowsView = memo(function RowsView({ room, rows, verbs, onShowBlocked }: RowsViewProps) {
  const { roomId } = room
  const { t } = useTranslation()
  const dispatch = useAppDispatch()
  const profiles = useAppSelector((state) => state.people.profiles)
  const counter = useAppSelector((state) => selectUnreadCounter(state, roomId))
  const onDividerShown = useCallback(
    (isOnScreen: boolean) => void dispatch(dividerShown({ roomId, isOnScreen })),
    [dispatch, roomId],
  )
  const nameOf = (userId: string) => profiles[userId]?.displayName ?? t('people.noName')
  useMissingProfiles(rows)

  return rows.map((row) => {
    switch (row.kind) {
      case 'message':
        return (
          <MessageRow
            key={row.key}
            rowKey={row.key}
            message={row.message}
            isMine={row.isMine}
            author={row.isMine ? undefined : profiles[row.message.authorId]}
            unread={counter?.numberOf(row.message) ?? 0}
            isFirst={row.isFirst}
            isLast={row.isLast}
            verbs={verbs}
          />
        )
      case 'pending':
        return (
          <MessageRow
            key={row.key}
            rowKey={row.key}
            entry={row.entry}
            isMine
            isFirst={row.isFirst}
            isLast={row.isLast}
            verbs={verbs}
          />
        )
      case 'day':
        return <DayLine key={row.key} rowKey={row.key} at={row.at} />
      case 'divider':
        return <DividerLine key={row.key} onShown={onDividerShown} />
      case 'notice':
        return <NoticeLine key={row.key} rowKey={row.key} text={noticeText(row.event, nameOf, t)} />
      case 'blocked':
        return (
          <BlockedLine
            key={row.key}
            rowKey={row.key}
            seq={row.seq}
            count={row.count}
            onShow={onShowBlocked}
          />
        )
    }
  })
})

/** Names of people who wrote here and are in no list any more. */
function useMissingProfiles(rows: readonly Row[]): void {
  const dispatch = useAppDispatch()
  const missing = useAppSelector((state) => {
    const found = new Set<string>()
    for (const row of rows) {
      if (row.kind !== 'message' || row.isMine) continue
      if (!state.people.profiles[row.message.authorId]) found.add(row.message.authorId)
    }
    return [...found].join(' ')
  })
  useEffect(() => {
    if (missing !== '') void dispatch(loadMissingProfiles(missing.split(' '))).catch(() => undefined)
  }, [dispatch, missing])
}
