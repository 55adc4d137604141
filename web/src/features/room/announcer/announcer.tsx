import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { callText } from '../../../shared/format/call-text.ts'
import { useAppSelector } from '../../../state/hooks.ts'
import type { Message } from '@our-now/contracts/rooms.ts'
import { announcementOf, newcomers, spoken } from './announce.ts'

/** What comes within this time is told together. */
const gatherMs = 1_000

/**
 * Tells a screen reader what comes in while the room is open, and only that: history that is scrolled in, my own
 * messages, unread numbers and typing stay silent. A failed send is told at once.
 */
export function Announcer({ roomId, myUserId }: { readonly roomId: string; readonly myUserId: string }) {
  const { t } = useTranslation()
  const [told, setTold] = useState({ id: 0, text: '' })
  const timeline = useAppSelector((state) => state.messages.byRoom[roomId]?.timeline)
  const profiles = useAppSelector((state) => state.people.profiles)
  const blocks = useAppSelector((state) => state.people.blocks)
  const failures = useAppSelector(
    (state) =>
      state.outbox.entries.filter((entry) => entry.roomId === roomId && entry.state === 'failed').length,
  )
  const knownSeqRef = useRef<number>(undefined)
  const waitingRef = useRef<readonly Message[]>([])
  const timerRef = useRef<ReturnType<typeof setTimeout>>(undefined)

  const tell = useEffectEvent(() => {
    timerRef.current = undefined
    const text = announcementOf(waitingRef.current, {
      one: (message) =>
        t('room.announced', {
          name: profiles[message.authorId]?.displayName ?? t('people.noName'),
          text: message.call ? callText(message.call, false, t) : spoken(message.text),
        }),
      many: (count) => t('room.announcedBurst', { count }),
    })
    waitingRef.current = []
    setTold(({ id }) => ({ id: id + 1, text }))
  })
  const gather = useEffectEvent((liveSeq: number | undefined) => {
    if (!timeline || liveSeq === undefined) return
    const known = knownSeqRef.current ?? liveSeq
    knownSeqRef.current = liveSeq
    if (liveSeq <= known) return
    const lines = timeline.hasAfter ? timeline.tail : timeline.lines
    const came = newcomers(lines, known, (authorId) => authorId === myUserId || Boolean(blocks[authorId]))
    if (came.length === 0 || document.visibilityState !== 'visible') return
    waitingRef.current = [...waitingRef.current, ...came]
    timerRef.current ??= setTimeout(() => tell(), gatherMs)
  })
  const liveSeq = timeline?.liveSeq
  useEffect(() => gather(liveSeq), [liveSeq])
  useEffect(() => () => clearTimeout(timerRef.current), [])

  return (
    <>
      <div className="visually-hidden" aria-live="polite">
        <p key={told.id}>{told.text}</p>
      </div>
      <div className="visually-hidden" role="alert">
        {failures > 0 && <p key={failures}>{t('room.announcedFailed')}</p>}
      </div>
    </>
  )
}
