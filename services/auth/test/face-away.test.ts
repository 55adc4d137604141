import { visionContract } from '@our-now/contracts/vision.ts'
import { createSecret } from '@our-now/platform/config/secret.ts'
import { callOverHttp } from '@our-now/platform/service-call/call-over-http.ts'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import {
  anonymous,
  aRegistration,
  goodPassword,
  startAuthStack,
  type AuthStack,
} from './support/auth-stack.ts'
import { turnOnSecondFactor } from './support/turn-on-second-factor.ts'

const challengeId = '01890000-0000-7000-8000-000000000000'

/** Signs in up to the second step where the vision service is at this port. */
async function begin(port: number) {
  const { api, close } = callOverHttp(visionContract, {
    service: 'vision',
    urls: [`http://127.0.0.1:${port}`],
    serviceToken: createSecret('a token of services, long enough'),
    // Deadlines are by the stack's own clock.
    clock: { now: () => stack.clock.now() },
  })
  const stack: AuthStack = await startAuthStack({}, api)
  onTestFinished(async () => {
    await stack.close()
    close()
  })
  const { app } = await turnOnSecondFactor(
    stack,
    await stack.auth.register(anonymous(), aRegistration('ada')),
  )
  const request = { handle: 'ada', password: goodPassword, deviceName: '' }
  const answer = await stack.auth.signIn(anonymous(), request)
  if (!('pendingToken' in answer)) throw new Error('no second step was asked')
  return { ...stack, app, answer }
}

/** A port where nobody answers, or where somebody takes calls and says nothing. */
async function openPort(isSilent: boolean): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  if (!isSilent) await new Promise((resolve) => server.close(resolve))
  else onTestFinished(() => void server.close())
  return port
}

test.each([
  { what: 'gone', isSilent: false },
  { what: 'silent', isSilent: true },
])('where vision is $what the codes are offered, and sign in', async ({ isSilent }) => {
  const { auth, app, answer } = await begin(await openPort(isSilent))
  expect(answer.ways).toEqual(['totp', 'recovery'])
  const { pendingToken } = answer
  await expect(
    auth.completeSignIn(anonymous(), { pendingToken, way: 'totp', code: app.code() }),
  ).resolves.toMatchObject({ account: { handle: 'ada' } })
})

test('where vision is gone a face opens nothing, and costs the codes no try', async () => {
  const { auth, app, answer } = await begin(await openPort(false))
  const { pendingToken } = answer
  for (let tries = 0; tries < 4; tries += 1) {
    await expect(auth.beginFaceStep(anonymous(), { pendingToken })).rejects.toMatchObject({
      code: 'unavailable',
    })
    const frames = Array<string>(4).fill('AAAA')
    await expect(
      auth.completeSignInByFace(anonymous(), { pendingToken, challengeId, frames }),
    ).rejects.toMatchObject({ code: 'unavailable' })
  }
  await expect(
    auth.completeSignIn(anonymous(), { pendingToken, way: 'totp', code: app.code() }),
  ).resolves.toBeDefined()
})

test('without a vision service a face is no way at all', async () => {
  const stack = await startAuthStack()
  onTestFinished(() => stack.close())
  await turnOnSecondFactor(stack, await stack.auth.register(anonymous(), aRegistration('ada')))
  const request = { handle: 'ada', password: goodPassword, deviceName: '' }
  const answer = await stack.auth.signIn(anonymous(), request)
  if (!('pendingToken' in answer)) throw new Error('no second step was asked')
  expect(answer.ways).toEqual(['totp', 'recovery'])
  const { pendingToken } = answer
  await expect(stack.auth.beginFaceStep(anonymous(), { pendingToken })).rejects.toMatchObject({
    code: 'face_off',
  })
})
