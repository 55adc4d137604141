import { findMediaWorker } from '@our-now/testkit/media-worker.ts'
import { expect, test } from 'vitest'
import { desktop } from './support/browser.ts'
import { expectState, noteStates } from './support/calls.ts'
import { expectMoving, frames } from './support/moving-pictures.ts'
import { openRoom } from './support/screens.ts'
import { describeOnStage } from './support/stage.ts'

const hasWorker = findMediaWorker() !== undefined
if (!hasWorker) console.warn('left out: loss of a media node: no media worker on this machine')

/** From `kill -9` of a media node until the pictures move again, in ms. */
const backWithinMs = 8_000

describeOnStage('loss of a media node', (stage) => {
  test.skipIf(!hasWorker)(
    'whichever node is killed, the pictures come back on the other one, without a ghost',
    async () => {
      const eun = await stage.enter('eun', '은지', desktop)
      const han = await stage.enter('han', '한결', desktop)
      await eun.account.addFriend(han.account)
      const { roomId } = await eun.account.openDirectRoom(han.account)
      await eun.account.send(roomId, '보여?')
      await openRoom(eun.page, '한결')
      await eun.page.getByRole('button', { name: '영상 통화', exact: true }).click()
      await eun.page.getByRole('dialog').getByRole('button', { name: '통화 시작' }).click()
      await han.page.getByRole('alertdialog').getByRole('button', { name: '받기' }).click()
      await expectMoving(eun.page, ['한결', '나'])
      await expectMoving(han.page, ['은지', '나'])

      let lost = 0
      for (const pid of stage.mediaPids()) {
        const states = await noteStates(eun.page)
        process.kill(pid, 'SIGKILL')
        const killedAt = performance.now()
        // Only one of the nodes has the call.
        const hadTheCall = await expectState(states, 'recovering', backWithinMs).then(
          () => true,
          () => false,
        )
        await expectMoving(eun.page, ['한결', '나'])
        await expectMoving(han.page, ['은지', '나'])
        if (hadTheCall) {
          lost += 1
          const backMs = Math.round(performance.now() - killedAt)
          console.log(`pictures back ${backMs} ms after kill -9 of their media node`)
          expect(backMs).toBeLessThan(backWithinMs)
        }
        expect(Object.keys(await frames(eun.page))).toHaveLength(2)
        await stage.startAgain()
      }
      expect(lost).toBeGreaterThan(0)
    },
  )
})
