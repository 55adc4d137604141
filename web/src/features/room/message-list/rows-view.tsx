import type { UnreadCounter } from '@our-now/client/room-view/unread-number.ts'
import type { Profile } from '@our-now/contracts/people.ts'
import { memo, useCallback, useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../../shared/i18n/use-language.ts'
import { classNames } from '../../../shared/ui/class-names.ts'
import { useAppDispatch, useAppSelector } from '../../../state/hooks.ts'
import { selectUnreadCounter } from '../../../state/message-selectors.ts'
import { loadMissingProfiles } from '../../../state/people-thunks.ts'
import { dividerShown } from '../../../state/read-state-slice.ts'
import { MessageRow, type RowVerbs, type RowWords } from '../message/message-row.tsx'
import type { Block } from './blocks.ts'
import { BlockedLine, DayLine, DividerLine, NoticeLine } from './lines.tsx'
import { noticeText } from './notice-text.ts'
import styles from './rows-view.module.css'
import type { Row } from './rows.ts'

export interface RowsViewProps {
  readonly roomId: string
  readonly blocks: readonly Block[]
  readonly verbs: RowVerbs
  readonly onShowBlocked: (seq: number) => void
}

/** Every block that is drawn. A block is drawn anew only when something in it changed. */
export const RowsView = memo(function RowsView({ roomId, blocks, verbs, onShowBlocked }: RowsViewProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const dispatch = useAppDispatch()
  const profiles = useAppSelector((state) => state.people.profiles)
  const counter = useAppSelector((state) => selectUnreadCounter(state, roomId))
  const words = useMemo((): RowWords => ({ t, language }), [t, language])
  const onDividerShown = useCallback(
    (isOnScreen: boolean) => void dispatch(dividerShown({ roomId, isOnScreen })),
    [dispatch, roomId],
  )
  useMissingProfiles(blocks)
  return blocks.map((block) => (
    <BlockView
      key={block.key}
      block={block}
      unread={unreadIn(block, counter)}
      profiles={profiles}
      words={words}
      verbs={verbs}
      onDividerShown={onDividerShown}
      onShowBlocked={onShowBlocked}
    />
  ))
})

interface BlockViewProps {
  readonly block: Block
  /** The unread number of each row, in words that compare: a moved cursor draws only the blocks where numbers changed. */
  readonly unread: string
  readonly profiles: Readonly<Record<string, Profile>>
  readonly words: RowWords
  readonly verbs: RowVerbs
  readonly onDividerShown: (isOnScreen: boolean) => void
  readonly onShowBlocked: (seq: number) => void
}

const BlockView = memo(function BlockView(props: BlockViewProps) {
  const { block, unread, profiles, words, verbs, onDividerShown, onShowBlocked } = props
  const numbers = unread.split(' ')
  const nameOf = (userId: string) => profiles[userId]?.displayName ?? words.t('people.noName')
  return (
    <div className={classNames(styles['block'], !block.isLive && styles['past'])}>
      {block.rows.map((row, index) => {
        switch (row.kind) {
          case 'message':
            return (
              <MessageRow
                key={row.key}
                rowKey={row.key}
                message={row.message}
                isMine={row.isMine}
                author={row.isMine ? undefined : profiles[row.message.authorId]}
                unread={Number(numbers[index] ?? 0)}
                isFirst={row.isFirst}
                isLast={row.isLast}
                words={words}
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
                words={words}
                verbs={verbs}
              />
            )
          case 'day':
            return <DayLine key={row.key} rowKey={row.key} at={row.at} />
          case 'divider':
            return <DividerLine key={row.key} onShown={onDividerShown} />
          case 'notice':
            return <NoticeLine key={row.key} rowKey={row.key} text={noticeText(row.event, nameOf, words.t)} />
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
      })}
    </div>
  )
})

const counted = new WeakMap<Block, { readonly counter: UnreadCounter; readonly unread: string }>()

/** Counted once for a block and a state of the cursors. */
function unreadIn(block: Block, counter: UnreadCounter | undefined): string {
  if (!counter) return ''
  const known = counted.get(block)
  if (known?.counter === counter) return known.unread
  const unread = block.rows
    .map((row) => (row.kind === 'message' ? counter.numberOf(row.message) : 0))
    .join(' ')
  counted.set(block, { counter, unread })
  return unread
}

const isUnknown = (row: Row, profiles: Readonly<Record<string, Profile>>): row is Row & { kind: 'message' } =>
  row.kind === 'message' && !row.isMine && !profiles[row.message.authorId]

/** Names of people who wrote here and are in no list any more. */
function useMissingProfiles(blocks: readonly Block[]): void {
  const dispatch = useAppDispatch()
  const profiles = useAppSelector((state) => state.people.profiles)
  const missing = useMemo(() => {
    const found = new Set<string>()
    for (const { rows } of blocks)
      for (const row of rows) if (isUnknown(row, profiles)) found.add(row.message.authorId)
    return [...found].join(' ')
  }, [blocks, profiles])
  useEffect(() => {
    if (missing !== '') void dispatch(loadMissingProfiles(missing.split(' '))).catch(() => undefined)
  }, [dispatch, missing])
}
