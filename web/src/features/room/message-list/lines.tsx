import { EyeOff } from 'lucide-react'
import { memo, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDay } from '../../../shared/format/format-time.ts'
import { useLanguage } from '../../../shared/i18n/use-language.ts'
import styles from './lines.module.css'

/** `2026년 1월 5일 월요일`. */
export const DayLine = memo(function DayLine({
  at,
  rowKey,
}: {
  readonly at: number
  readonly rowKey: string
}) {
  const language = useLanguage()
  return (
    <div className={styles['day']} data-key={rowKey}>
      <time dateTime={localDate(at)}>{formatDay(at, language)}</time>
    </div>
  )
})

/** `2026-01-05`, the local day. */
function localDate(at: number): string {
  const day = new Date(at)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}

/** A fact of the room: who came, who left, a new name. */
export const NoticeLine = memo(function NoticeLine({
  text,
  rowKey,
}: {
  readonly text: string
  readonly rowKey: string
}) {
  return (
    <div className={styles['notice']} data-key={rowKey}>
      <span dir="auto">{text}</span>
    </div>
  )
})

/** "여기까지 읽었습니다". Tells when it comes on screen and when it goes. */
export function DividerLine({ onShown }: { readonly onShown: (isOnScreen: boolean) => void }) {
  const { t } = useTranslation()
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const line = ref.current
    if (!line) return undefined
    const observer = new IntersectionObserver((entries) => onShown(entries.at(-1)?.isIntersecting ?? false))
    observer.observe(line)
    return () => observer.disconnect()
  }, [onShown])
  return (
    <div ref={ref} className={styles['divider']} data-key="divider">
      <span>{t('room.divider')}</span>
    </div>
  )
}

export interface BlockedLineProps {
  readonly rowKey: string
  readonly seq: number
  readonly count: number
  readonly onShow: (seq: number) => void
}

/** Messages of somebody I block, until I want to see them. */
export const BlockedLine = memo(function BlockedLine({ rowKey, seq, count, onShow }: BlockedLineProps) {
  const { t } = useTranslation()
  return (
    <div className={styles['blocked']} data-key={rowKey}>
      <button type="button" className={styles['show']} onClick={() => onShow(seq)}>
        <EyeOff size={14} aria-hidden="true" />
        <span>{t('room.blocked', { count })}</span>
        <span className={styles['verb']}>{t('room.show')}</span>
      </button>
    </div>
  )
})
