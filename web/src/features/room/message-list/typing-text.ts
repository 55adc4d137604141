import type { TFunction } from 'i18next'

/** "민수님이 입력 중", two by name, more as a number. */
export function typingText(names: readonly string[], t: TFunction): string {
  const [first, second] = names
  if (first === undefined) return ''
  if (second === undefined) return t('room.typingOne', { name: first })
  if (names.length === 2) return t('room.typingTwo', { first, second })
  return t('room.typingMany', { count: names.length })
}
