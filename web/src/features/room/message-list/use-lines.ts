import type { RoomSummary } from '@our-now/contracts/rooms.ts'
import { useMemo } from 'react'
import { isOfMany } from '../../../shared/format/is-of-many.ts'
import { useAppSelector } from '../../../state/hooks.ts'
import {
  selectDivider,
  selectLines,
  selectPending,
  selectTimeline,
} from '../../../state/message-selectors.ts'
import { buildLines } from './build-lines.ts'
import type { Row } from './rows.ts'

const nobody: ReadonlySet<string> = new Set()
const noEntries = [] as const

/** The rows of the room as they are to be drawn now. */
export function useLines(
  room: RoomSummary,
  myUserId: string,
  openedSeqs: ReadonlySet<number>,
): readonly Row[] {
  const { roomId, kind } = room
  const lines = useAppSelector((state) => selectLines(state, roomId))
  const waiting = useAppSelector((state) => selectPending(state, roomId))
  const hasBefore = useAppSelector((state) => selectTimeline(state, roomId)?.timeline.hasBefore ?? true)
  const hasAfter = useAppSelector((state) => selectTimeline(state, roomId)?.timeline.hasAfter ?? false)
  const dividerAfterSeq = useAppSelector((state) => selectDivider(state, roomId)?.afterSeq)
  const blocks = useAppSelector((state) => state.people.blocks)
  const collapsedAuthors = useMemo(
    () => (isOfMany(kind) ? new Set(Object.keys(blocks)) : nobody),
    [blocks, kind],
  )
  // What I am sending belongs after the newest line: away from it there is no place for it.
  const pending = hasAfter ? noEntries : waiting
  return useMemo(
    () => buildLines({ lines, pending, myUserId, hasBefore, dividerAfterSeq, collapsedAuthors, openedSeqs }),
    [lines, pending, myUserId, hasBefore, dividerAfterSeq, collapsedAuthors, openedSeqs],
  )
}
