import { hasBatchim } from 'es-hangul'

const pairs = {
  '이/가': ['이', '가'],
  '을/를': ['을', '를'],
  '은/는': ['은', '는'],
  '와/과': ['과', '와'],
  '과/와': ['과', '와'],
  '아/야': ['아', '야'],
  '으로/로': ['으로', '로'],
  '이나/나': ['이나', '나'],
  '이랑/랑': ['이랑', '랑'],
} as const satisfies Record<string, readonly [withFinal: string, without: string]>

export type Josa = keyof typeof pairs

/** How a digit sounds at the end: 영 일 이 삼 사 오 육 칠 팔 구. */
const digitsWithFinal = new Set(['0', '1', '3', '6', '7', '8'])
const digitsEndingInRieul = new Set(['1', '7', '8'])
const lastSounding = /[\p{L}\p{N}](?=[^\p{L}\p{N}]*$)/u

/**
 * The particle that follows this word. Hangul by its final consonant, digits and Latin letters by how they sound
 * in Korean; a word without any sound (only emoji) takes both, as "이(가)" does.
 */
export function josaOf(word: string, josa: Josa): string {
  const [withFinal, without] = pairs[josa]
  const last = lastSounding.exec(word)?.[0]
  if (last === undefined) return `${withFinal}(${without})`
  const { hasFinal, isRieul } = soundOf(last, word)
  if (josa === '으로/로' && isRieul) return without
  return hasFinal ? withFinal : without
}

function soundOf(last: string, word: string): { hasFinal: boolean; isRieul: boolean } {
  if (/[가-힣]/.test(last)) {
    const code = (last.charCodeAt(0) - 0xac00) % 28
    return { hasFinal: hasBatchim(last), isRieul: code === 8 }
  }
  if (/[0-9]/.test(last))
    return { hasFinal: digitsWithFinal.has(last), isRieul: digitsEndingInRieul.has(last) }
  const lower = word.toLowerCase()
  const isRieul = /l[^\p{L}\p{N}]*$/u.test(lower)
  return { hasFinal: isRieul || /(?:[mn]|ng)[^\p{L}\p{N}]*$/u.test(lower), isRieul }
}

const marked = /\[(이\/가|을\/를|은\/는|와\/과|과\/와|아\/야|으로\/로|이나\/나|이랑\/랑)\]/g
const isJosa = (value: string): value is Josa => value in pairs

/** Turns "민수님[이/가]" into "민수님이": each mark by the text right before it. */
export function resolveJosa(text: string): string {
  if (!text.includes('[')) return text
  return text.replace(marked, (whole, josa: string, offset: number) =>
    isJosa(josa) ? josaOf(text.slice(0, offset), josa) : whole,
  )
}
