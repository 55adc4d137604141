import type { Language } from '../i18n/create-i18n.ts'

const dayMs = 86_400_000
const formatters = new Map<string, Intl.DateTimeFormat>()

function formatter(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language}${JSON.stringify(options)}`
  const known = formatters.get(key) ?? new Intl.DateTimeFormat(language === 'ko' ? 'ko-KR' : 'en-US', options)
  formatters.set(key, known)
  return known
}

/** `오후 3:05` or `3:05 PM`. */
export function formatTime(at: number, language: Language): string {
  // English puts a narrow space before PM that many fonts lack.
  return formatter(language, { hour: 'numeric', minute: '2-digit' }).format(at).replaceAll('\u202f', ' ')
}

/** The day as a separator says it: `2026년 1월 5일 월요일` or `Monday, January 5, 2026`. */
export function formatDay(at: number, language: Language): string {
  return formatter(language, { year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' }).format(at)
}

/** `2026. 1. 5.` or `Jan 5, 2026`. */
export function formatDate(at: number, language: Language): string {
  return language === 'ko'
    ? formatter('ko', { year: 'numeric', month: 'numeric', day: 'numeric' }).format(at)
    : formatter('en', { year: 'numeric', month: 'short', day: 'numeric' }).format(at)
}

/**
 * The time in a list: today the time, then 어제, this year `1월 5일`, earlier `2025. 1. 5.`. Days are local ones.
 */
export function formatListTime(at: number, nowMs: number, language: Language): string {
  const day = startOfDay(at)
  const today = startOfDay(nowMs)
  if (day >= today) return formatTime(at, language)
  // Rounded: a day with a change of clocks is 23 or 25 hours long.
  if (Math.round((today - day) / dayMs) === 1) return language === 'ko' ? '어제' : 'Yesterday'
  if (new Date(at).getFullYear() !== new Date(nowMs).getFullYear()) return formatDate(at, language)
  return language === 'ko'
    ? formatter('ko', { month: 'long', day: 'numeric' }).format(at)
    : formatter('en', { month: 'short', day: 'numeric' }).format(at)
}

function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0)
}

const spans = [
  ['day', dayMs],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

/** How long ago, coarsely: `3분 전`, `2 hours ago`, under a minute `방금`/`just now`. */
export function formatAgo(at: number, nowMs: number, language: Language): string {
  const agoMs = Math.max(0, nowMs - at)
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  for (const [unit, ms] of spans) if (agoMs >= ms) return relative.format(-Math.floor(agoMs / ms), unit)
  // What the formatter says there, 지금, does not go with 마지막 사용 or 접속.
  return language === 'ko' ? '방금' : 'just now'
}
