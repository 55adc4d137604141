import { findMediaWorker } from '@our-now/testkit/media-worker.ts'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { desktop, patienceMs, phone } from './support/browser.ts'
import { expectMoving, frames, screen } from './support/moving-pictures.ts'
import { openRoom } from './support/screens.ts'
import { describeOnStage } from './support/stage.ts'

const hasWorker = findMediaWorker() !== undefined
if (!hasWorker) console.warn('left out: calls in the browser: no media worker on this machine')
const callTest = test.skipIf(!hasWorker)

/** From the room through the preview into a call of one's own. */
async function startCall(page: Page): Promise<void> {
  await page.getByRole('button', { name: '영상 통화' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '통화 시작' }).click()
}

/** From the room through the preview into the call that runs. */
async function joinRunning(page: Page): Promise<void> {
  await page.getByRole('button', { name: /참여$/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: '참여하기' }).click()
}

describeOnStage('calls', (stage) => {
  callTest('one rings, the other answers, and both see each other move', async () => {
    const ada = await stage.enter('ada', '아다', desktop)
    const bora = await stage.enter('bora', '보라', phone)
    await ada.account.addFriend(bora.account)
    const { roomId } = await ada.account.openDirectRoom(bora.account)
    await ada.account.send(roomId, '전화할게')
    await openRoom(ada.page, '보라')
    await startCall(ada.page)
    await bora.page.getByRole('alertdialog').getByRole('button', { name: '받기' }).click()
    await expectMoving(ada.page, ['보라', '나'])
    await expectMoving(bora.page, ['아다', '나'])

    await ada.page.getByRole('button', { name: '카메라 끄기' }).click()
    await expect
      .poll(async () => Object.keys(await frames(bora.page)), { timeout: patienceMs })
      .toEqual(['나'])
    await ada.page.getByRole('button', { name: '카메라 켜기' }).click()
    await expectMoving(bora.page, ['아다', '나'])

    await bora.page.getByRole('button', { name: '통화 끝내기' }).click()
    await ada.page.getByText('다른 사람이 들어오기를 기다리고 있습니다').waitFor()
    await ada.page.getByRole('button', { name: '통화 끝내기' }).click()
    await ada.page.getByRole('button', { name: '영상 통화', exact: true }).waitFor()
    expect([...ada.errors, ...bora.errors]).toEqual([])
  })

  callTest('the pictures come back by themselves after the media workers were killed', async () => {
    const chan = await stage.enter('chan', '찬호', desktop)
    const dana = await stage.enter('dana', '다나', desktop)
    await chan.account.addFriend(dana.account)
    const { roomId } = await chan.account.openDirectRoom(dana.account)
    await chan.account.send(roomId, '들려?')
    await openRoom(chan.page, '다나')
    await startCall(chan.page)
    await dana.page.getByRole('alertdialog').getByRole('button', { name: '받기' }).click()
    await expectMoving(chan.page, ['다나', '나'])

    const workers = stage.callWorkerPids()
    expect(workers).not.toEqual([])
    const killedAt = performance.now()
    for (const pid of workers) process.kill(pid, 'SIGKILL')
    await screen(chan.page).and(chan.page.locator('[data-status="recovering"]')).waitFor()
    await expectMoving(chan.page, ['다나', '나'])
    await expectMoving(dana.page, ['찬호', '나'])
    console.log(`pictures back after ${Math.round(performance.now() - killedAt)} ms`)
    expect(Object.keys(await frames(chan.page))).toHaveLength(2)
  })

  callTest(
    'four meet in a group; who is taken out of the room is out of its call, the others go on',
    async () => {
      const names = ['가은', '나리', '도윤', '라온']
      const people = []
      for (const [at, name] of names.entries())
        people.push(await stage.enter(`group${at}`, name, at === 3 ? phone : desktop))
      const [first, ...others] = people
      if (first === undefined) throw new Error('four people')
      for (const { account } of others) await first.account.addFriend(account)
      const { roomId } = await first.account.createGroup(others.map(({ account }) => account))
      for (const { page } of people) {
        await page.goto(`${stage.url}/chats/${roomId}`)
        await (page === first.page ? startCall(page) : joinRunning(page))
      }
      for (const [at, { page }] of people.entries())
        await expectMoving(page, [...names.filter((_name, other) => other !== at), '나'])
      if (process.env['CALL_PICTURES'] !== undefined)
        for (const [at, { page }] of people.entries())
          await page.screenshot({ path: `${process.env['CALL_PICTURES']}/call-${at}.png` })

      const [out, ...staying] = others
      if (out === undefined) throw new Error('four people')
      const removedAt = performance.now()
      await first.account.removeMember(roomId, out.account)
      await screen(out.page).waitFor({ state: 'hidden' })
      console.log(`out of the call after ${Math.round(performance.now() - removedAt)} ms`)
      for (const { page } of staying) await expectMoving(page, ['가은', '나'])
      expect(Object.keys(await frames(first.page)).toSorted()).toEqual(['나', '도윤', '라온'])
    },
  )
})
