import { useTranslation } from 'react-i18next'
import { useAppSelector } from '../../../state/hooks.ts'
import { selectTyping } from '../../../state/message-selectors.ts'
import styles from './typing-line.module.css'
import { typingText } from './typing-text.ts'

/** Who is typing, over the empty edge below the newest line: it comes and goes and moves nothing. Never spoken. */
export function TypingLine({ roomId }: { readonly roomId: string }) {
  const { t } = useTranslation()
  const userIds = useAppSelector((state) => selectTyping(state, roomId))
  const profiles = useAppSelector((state) => state.people.profiles)
  const blocks = useAppSelector((state) => state.people.blocks)
  const isHidden = useAppSelector((state) => state.readState.byRoom[roomId]?.isAtBottom === false)
  const names = userIds.flatMap((userId) => (blocks[userId] ? [] : (profiles[userId]?.displayName ?? [])))
  if (names.length === 0 || isHidden) return null
  return (
    <div className={styles['typing']} aria-hidden="true">
      <span className={styles['dots']}>
        <i />
        <i />
        <i />
      </span>
      <bdi className={styles['names']}>{typingText(names, t)}</bdi>
    </div>
  )
}
