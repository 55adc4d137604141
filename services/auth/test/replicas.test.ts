import type { AuthApi } from '@our-now/contracts/auth.ts'
import { signedIn } from '@our-now/testkit/signed-in.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  anonymous,
  aRegistration,
  as,
  goodPassword,
  startAuthStack,
  type AuthStack,
} from './support/auth-stack.ts'

let stack: AuthStack
let replicas: readonly [AuthApi, AuthApi]
beforeEach(async () => {
  stack = await startAuthStack()
  replicas = [stack.auth, await stack.startAnother()]
})
afterEach(() => stack.close())

describe('two replicas on one database', () => {
  test('sign with the same keys and swap a refresh token for the same successor', async () => {
    const [one, two] = replicas
    expect(await two.listSigningKeys(anonymous(), {})).toEqual(await one.listSigningKeys(anonymous(), {}))
    const { refreshToken } = await one.register(anonymous(), aRegistration('minsu'))
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        (index % 2 === 0 ? one : two).refresh(anonymous(), { refreshToken }),
      ),
    )
    expect(new Set(answers.map((answer) => answer.refreshToken)).size).toBe(1)
  })

  test('make one operator', async () => {
    const answers = await Promise.all(
      ['ada', 'bob', 'cem', 'dia'].map((handle, index) =>
        (index % 2 === 0 ? replicas[0] : replicas[1]).register(anonymous(), aRegistration(handle)),
      ),
    )
    expect(answers.filter(({ account }) => account.isOperator)).toHaveLength(1)
  })

  test('count failures together', async () => {
    const [one, two] = replicas
    const guess = (auth: AuthApi) =>
      auth.signIn(anonymous(), { handle: 'minsu', password: 'wrong-password', deviceName: '' })
    for (const auth of [one, two, one, two, one])
      await expect(guess(auth)).rejects.toMatchObject({ code: 'credentials_wrong' })
    await expect(guess(two)).rejects.toMatchObject({ code: 'rate_limited' })
  })

  test('know of each other’s ended sessions', async () => {
    const [one, two] = replicas
    const minsu = await one.register(anonymous(), aRegistration('minsu'))
    const laptop = await signedIn(
      two.signIn(anonymous(), { handle: 'minsu', password: goodPassword, deviceName: '' }),
    )
    await two.endSession(as(laptop), { sessionId: minsu.sessionId })
    await expect(one.refresh(anonymous(), { refreshToken: minsu.refreshToken })).rejects.toMatchObject({
      code: 'session_ended',
    })
    expect((await one.revokedSince(anonymous(), { cursor: 0 })).sessionIds).toEqual([minsu.sessionId])
  })
})
