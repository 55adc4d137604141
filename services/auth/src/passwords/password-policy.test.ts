import { describe, expect, test } from 'vitest'
import { checkPassword } from './password-policy.ts'

const isRefused = (password: string, handle = 'minsu92'): boolean => {
  try {
    checkPassword(password, handle)
    return false
  } catch (error) {
    expect(error).toMatchObject({ code: 'password_too_common' })
    return true
  }
}

describe('the password policy', () => {
  test.each([
    'password',
    'Password1!',
    'p@ssw0rd123',
    'PASSW0RD',
    'iloveyou',
    'ILoveYou2024',
    'dragon12',
    '123sunshine',
    'qwertyuiop',
    'letmein!',
    '비밀번호1234',
    '안녕하세요!!!',
    'dkssudgktpdy1',
    'lovelove',
    'monkeymonkey',
  ])('refuses the known word %s', (password) => expect(isRefused(password)).toBe(true))

  test.each([
    '12345678',
    '87654321',
    'qwer1234',
    'asdfqwer',
    '1q2w3e4r',
    'abcd1234',
    'zxcvbnm,',
    '1qaz2wsx',
    'poiuytrewq',
  ])('refuses the run of keys %s', (password) => expect(isRefused(password)).toBe(true))

  test.each(['aaaaaaaa', 'abababab', '11112222', 'abc1abc1', '19870412', '01012345678'])(
    'refuses %s, which is one thing repeated or digits alone',
    (password) => expect(isRefused(password)).toBe(true),
  )

  test.each([
    ['minsu1992', 'minsu1992'],
    ['MINSU92!!', 'minsu92'],
    ['29usnim', 'minsu92'],
    ['minsu2024', 'minsu92'],
  ])('refuses %s for the id %s', (password, handle) => expect(isRefused(password, handle)).toBe(true))

  test.each([
    'purple-otter-91-lamp',
    'Tr4veller of nowhere',
    '나는 오늘도 걷는다',
    'xK9#mQ2vLp',
    '48151623421108',
    'dragons eat soup',
  ])('lets %s pass', (password) => expect(isRefused(password)).toBe(false))

  test('an id without letters does not refuse every password of digits and signs', () => {
    expect(isRefused('5839#2!8671-4402', '12345')).toBe(false)
  })
})
