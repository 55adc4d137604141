import { expect } from 'vitest'
import { desktop, patienceMs } from './support/browser.ts'
import { callTest, expectState, noteStates, tileNames, twoInCall } from './support/calls.ts'
import { expectMoving } from './support/moving-pictures.ts'
import { describeOnStage } from './support/stage.ts'

/** How often a worker is killed; the goal is stated over 20. */
const kills = Number(process.env['CALL_KILLS'] ?? 3)

describeOnStage(
  'a call recovers',
  (stage) => {
    callTest(
      'signal reconnect: pictures go on without the socket, and what was done meanwhile is told after',
      async () => {
        const [ada, bora] = await twoInCall(stage, ['아다', '보라'], desktop)
        const statesOfAda = await noteStates(ada.page)
        await ada.context.setOffline(true)
        await ada.page.getByText('인터넷에 연결되어 있지 않습니다.').waitFor({ state: 'attached' })
        await expectMoving(ada.page, ['보라', '나'])
        await expectMoving(bora.page, ['아다', '나'])
        // Done while nobody could be told: muted at once here, known to the others as soon as there is a way.
        await ada.page.keyboard.press('m')
        await ada.page.keyboard.press('h')
        await ada.context.setOffline(false)
        const told = { timeout: 60_000 }
        await bora.page.getByLabel('손을 들었습니다').waitFor(told)
        await bora.page.getByLabel('마이크 꺼짐').waitFor(told)
        await expectMoving(bora.page, ['아다', '나'])
        expect(await statesOfAda()).toEqual(['joined'])
        expect(await tileNames(bora.page)).toEqual(['나', '아다'])
      },
    )

    callTest('full reconnect: server and workers die and come again, everybody is there once', async () => {
      const [chan, dana] = await twoInCall(stage, ['찬호', '다나'], desktop)
      // What was muted before is muted after.
      await dana.page.getByRole('button', { name: '마이크 끄기' }).click()
      await chan.page.getByLabel('마이크 꺼짐').waitFor()
      await stage.kill()
      await stage.startAgain()
      // Clients wait at random before they connect anew, so that not all come at once.
      await expectMoving(chan.page, ['다나', '나'], 60_000)
      await expectMoving(dana.page, ['찬호', '나'], 60_000)
      expect(await tileNames(chan.page)).toEqual(['나', '다나'])
      expect(await tileNames(dana.page)).toEqual(['나', '찬호'])
      await chan.page.getByLabel('마이크 꺼짐').waitFor({ timeout: patienceMs })
    })

    callTest(`worker killed: pictures are back each of ${kills} times, nobody twice`, async () => {
      const [eun, fini] = await twoInCall(stage, ['은지', '피니'], desktop)
      const backMs: number[] = []
      for (let times = 0; times < kills; times += 1) {
        await expect.poll(() => stage.callWorkerPids().length, { timeout: patienceMs }).toBeGreaterThan(0)
        const states = await noteStates(eun.page)
        const killedAt = performance.now()
        for (const pid of stage.callWorkerPids()) process.kill(pid, 'SIGKILL')
        await expectState(states, 'recovering')
        await expectMoving(eun.page, ['피니', '나'])
        backMs.push(Math.round(performance.now() - killedAt))
        await expectMoving(fini.page, ['은지', '나'])
      }
      console.log(`pictures back after ${backMs.toSorted((one, other) => one - other).join(', ')} ms`)
      expect(await tileNames(eun.page)).toEqual(['나', '피니'])
      expect(await tileNames(fini.page)).toEqual(['나', '은지'])
      const p95 = backMs.toSorted((one, other) => one - other)[Math.ceil(backMs.length * 0.95) - 1]
      expect(p95).toBeLessThan(5_000)
    })
  },
  '127.0.0.1',
  // A whole cluster may take longer to come again than people would wait for each other.
  { env: { MEDIA_REJOIN_MS: '120000' } },
)
