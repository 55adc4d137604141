import { describe, expect, test } from 'vitest'
import { josaOf, resolveJosa } from './josa.ts'

describe('josa', () => {
  test('follows the final consonant of a Korean word', () => {
    expect(resolveJosa('민수[이/가] 지우[을/를]')).toBe('민수가 지우를')
    expect(resolveJosa('지훈[이/가] 영준[을/를]')).toBe('지훈이 영준을')
    expect(resolveJosa('민수님[이/가] 나갔습니다.')).toBe('민수님이 나갔습니다.')
  })

  test('knows that ㄹ takes 로', () => {
    expect(josaOf('서울', '으로/로')).toBe('로')
    expect(josaOf('부산', '으로/로')).toBe('으로')
    expect(josaOf('파일 7', '으로/로')).toBe('로')
  })

  test('reads digits and Latin names as they sound in Korean', () => {
    expect(josaOf('user10', '은/는')).toBe('은')
    expect(josaOf('user2', '은/는')).toBe('는')
    expect(josaOf('Tom', '이/가')).toBe('이')
    expect(josaOf('Peter', '이/가')).toBe('가')
    expect(josaOf('Paul', '으로/로')).toBe('로')
  })

  test('looks past brackets and emoji, and gives both without any sound', () => {
    expect(josaOf('지훈 (팀장)', '이/가')).toBe('이')
    expect(josaOf('지우 🌿', '와/과')).toBe('와')
    expect(josaOf('🌿', '이/가')).toBe('이(가)')
  })

  test('leaves other brackets alone', () => {
    expect(resolveJosa('[공지] 민수[와/과]')).toBe('[공지] 민수와')
  })
})
