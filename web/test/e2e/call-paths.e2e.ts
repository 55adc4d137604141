import { hasCoturn, startCoturn } from '@our-now/testkit/infra/coturn.ts'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { desktop } from './support/browser.ts'
import { callTest, twoInCall } from './support/calls.ts'
import { checkCalls } from './support/call-doctor.ts'
import { pathsOf } from './support/paths.ts'
import { describeOnStage, type StartServers } from './support/stage.ts'

if (!hasCoturn()) {
  if (process.env['REQUIRE_INFRA'] === '1') throw new Error('REQUIRE_INFRA: no turnserver (coturn)')
  console.warn('left out: calls over TURN: no turnserver (coturn) on this machine')
}

const turnTest = hasCoturn() ? callTest : callTest.skip

const startTurn: StartServers = async () => {
  if (!hasCoturn()) return { env: {}, stop: async () => undefined }
  const dataDir = await mkdtemp(join(tmpdir(), 'our-now-coturn-'))
  const turn = await startCoturn(dataDir)
  return {
    env: { MEDIA_TURN_URLS: turn.urls, MEDIA_TURN_SECRET: turn.secret },
    stop: async () => {
      await turn.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

describeOnStage(
  'a call takes the way that is open',
  (stage) => {
    callTest.each([
      { path: 'udp', expected: 'direct udp' },
      { path: 'tcp', expected: 'direct tcp' },
    ])('over $path alone', async ({ path, expected }) => {
      const people = await twoInCall(stage, ['아다', '보라'], desktop, `?call-path=${path}`)
      for (const { page } of people) expect(await pathsOf(page)).toEqual([expected, expected])
    })

    turnTest('over TURN alone', async () => {
      const people = await twoInCall(stage, ['찬호', '다나'], desktop, '?call-path=relay')
      for (const { page } of people) expect(await pathsOf(page)).toEqual(['relay udp', 'relay udp'])
    })

    turnTest('the call doctor finds the TURN server', async () => {
      const { marks } = await checkCalls(stage, 'eunji', desktop)
      expect(marks).toContain('relay good')
    })
  },
  'localhost',
  { startServers: startTurn },
)
