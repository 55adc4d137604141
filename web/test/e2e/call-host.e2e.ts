import { findMediaWorker } from '@our-now/testkit/media-worker.ts'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { desktop } from './support/browser.ts'
import { screen } from './support/moving-pictures.ts'
import { describeOnStage } from './support/stage.ts'

const hasWorker = findMediaWorker() !== undefined
if (!hasWorker) console.warn('left out: hosts of calls in the browser: no media worker on this machine')
const callTest = test.skipIf(!hasWorker)

async function join(page: Page): Promise<void> {
  await page.locator('[data-call-banner]').getByRole('button', { name: '참여' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '참여하기' }).click()
  await page.locator('[data-status="joined"]').waitFor()
}

describeOnStage('the host of a call', (stage) => {
  callTest('mutes a guest, takes them out, and lets them in again', async () => {
    const host = await stage.enter('khost', '방장', desktop)
    const guest = await stage.enter('kguest', '참가자', desktop)
    await host.account.addFriend(guest.account)
    const { roomId } = await host.account.createGroup([guest.account], '모임')
    for (const { page } of [host, guest]) await page.goto(`${stage.url}/chats/${roomId}`)
    await host.page.getByRole('button', { name: '음성 통화', exact: true }).click()
    await host.page.getByRole('dialog').getByRole('button', { name: '통화 시작' }).click()
    await join(guest.page)
    expect(await guest.page.getByRole('button', { name: '참여자 관리' }).count()).toBe(0)

    await screen(host.page).getByRole('button', { name: '통화 메뉴' }).click()
    await host.page.getByRole('menuitem', { name: '참여자 관리' }).click()
    const people = host.page.getByRole('dialog', { name: '참여자 관리' })
    await people.getByRole('button', { name: '참가자님 마이크 끄기' }).click()
    await guest.page.getByText('호스트가 마이크를 껐습니다. 다시 켤 수 있습니다.').waitFor()
    await guest.page.getByRole('button', { name: /^마이크 켜기/ }).click()
    await people.getByRole('button', { name: '모두에게 마이크 끄기 요청' }).click()
    await guest.page.getByText('호스트가 마이크를 꺼 달라고 합니다').waitFor()
    if (process.env['CALL_PICTURES'] !== undefined)
      await host.page.screenshot({ path: `${process.env['CALL_PICTURES']}/host.png` })

    await people.getByRole('button', { name: '참가자님 통화에서 내보내기' }).click()
    const told = guest.page.getByText('호스트가 통화에서 내보냈습니다.')
    // Closed, so that the second time is not taken for the first.
    await told.locator('..').getByRole('button', { name: '닫기' }).click()
    await told.waitFor({ state: 'detached' })
    await guest.page.locator('[data-call-banner]').getByRole('button', { name: '참여' }).click()
    await guest.page.getByRole('dialog').getByRole('button', { name: '참여하기' }).click()
    await told.waitFor()
    await screen(guest.page).waitFor({ state: 'hidden' })
    await people.getByRole('button', { name: '참가자님 다시 들이기' }).click()
    await people.getByRole('button', { name: '참가자님 다시 들이기' }).waitFor({ state: 'detached' })
    await join(guest.page)
    expect([...host.errors, ...guest.errors]).toEqual([])
  })
})
