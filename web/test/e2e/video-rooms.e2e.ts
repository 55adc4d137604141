import { findMediaWorker } from '@our-now/testkit/media-worker.ts'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { desktop, patienceMs, phone } from './support/browser.ts'
import { describeOnStage } from './support/stage.ts'

const hasWorker = findMediaWorker() !== undefined
if (!hasWorker) console.warn('left out: calls in video rooms: no media worker on this machine')
const callTest = test.skipIf(!hasWorker)
const folder = process.env['CALL_PICTURES']
const picture = async (page: Page, name: string): Promise<void> => {
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png` })
}

/** Makes a video room by hand. @returns its link */
async function makeRoom(page: Page, name: string): Promise<string> {
  await page.getByRole('button', { name: '새로운 채팅' }).first().click()
  await page.getByRole('button', { name: '영상 회의방 만들기' }).click()
  await page.getByRole('textbox', { name: '회의방 이름' }).fill(name)
  await page.getByRole('button', { name: '만들기', exact: true }).click()
  await page.getByRole('heading', { name, level: 1 }).waitFor()
  await page.getByRole('button', { name: '채팅방 정보', exact: true }).click()
  const link = await page.getByRole('textbox', { name: '회의방 링크' }).inputValue()
  await picture(page, 'door')
  await page.getByRole('button', { name: '채팅방 정보 닫기' }).first().click()
  return link
}
const guestName = (page: Page, name: string) => page.getByRole('button', { name: `${name}님 수락` })

describeOnStage('video rooms', (stage) => {
  test('a guest opens the link, waits, is declined or let in, and talks', async () => {
    const host = await stage.enter('vhost', '호스트', desktop)
    const guest = await stage.enter('vguest', '손님', phone)
    const stranger = await stage.enter('vstranger', '낯선이', desktop)
    const link = await makeRoom(host.page, '주간 회의')
    await guest.page.goto(link)
    await guest.page.getByText('호스트가 수락하기를 기다리고 있습니다').waitFor()
    await stranger.page.goto(link)
    await guestName(host.page, '손님').waitFor()
    await guestName(host.page, '낯선이').waitFor()
    await picture(host.page, 'lobby-host')
    await picture(guest.page, 'lobby-guest')
    await host.page.getByRole('button', { name: '낯선이님 거절' }).click()
    await stranger.page.getByText('호스트가 입장을 거절했습니다').waitFor()
    await guestName(host.page, '손님').click()
    await guest.page.getByRole('heading', { name: '주간 회의', level: 1 }).waitFor()
    const composer = guest.page.getByRole('textbox').last()
    await composer.fill('들어왔어요')
    await guest.page.getByRole('button', { name: '보내기' }).click()
    await host.page.getByText('들어왔어요').first().waitFor()
    await host.page.locator('[data-lobby-banner]').waitFor({ state: 'detached' })
    expect(await stranger.page.getByText('들어왔어요').count()).toBe(0)
    expect([...host.errors, ...guest.errors]).toEqual([])
  })

  test('who leaves the lobby is no longer on the list', async () => {
    const host = await stage.enter('whost', '주인', desktop)
    const guest = await stage.enter('wguest', '나그네', desktop)
    const link = await makeRoom(host.page, '면담')
    await guest.page.goto(link)
    await guestName(host.page, '나그네').waitFor()
    await guest.page.getByRole('button', { name: '그만 기다리기' }).click()
    await guestName(host.page, '나그네').waitFor({ state: 'detached' })
  })

  callTest('two rooms’ calls at the same time do not mix', async () => {
    const names = ['가온', '나온', '다온', '라온']
    const people = []
    for (const [at, name] of names.entries()) people.push(await stage.enter(`two${at}`, name, desktop))
    const [a, b, c, d] = people
    if (!a || !b || !c || !d) throw new Error('four people')
    for (const [host, guest, name] of [
      [a, b, '방 하나'],
      [c, d, '방 둘'],
    ] as const) {
      const link = await makeRoom(host.page, name)
      await guest.page.goto(link)
      await host.page.getByRole('button', { name: /님 수락$/ }).click()
      await guest.page.getByRole('heading', { name, level: 1 }).waitFor()
      await host.page.getByRole('button', { name: '영상 통화', exact: true }).click()
      await host.page.getByRole('dialog').getByRole('button', { name: '통화 시작' }).click()
      await guest.page.locator('[data-call-banner]').getByRole('button', { name: '참여' }).click()
      await guest.page.getByRole('dialog').getByRole('button', { name: '참여하기' }).click()
    }
    const seen = (page: Page): Promise<string[]> =>
      page
        .getByRole('region', { name: '통화 화면' })
        .locator('video:not([hidden])')
        .evaluateAll((videos: HTMLVideoElement[]) =>
          videos
            .filter(({ videoWidth }) => videoWidth > 0)
            .map((video) => video.getAttribute('aria-label') ?? ''),
        )
    for (const [at, { page }] of people.entries())
      await expect
        .poll(async () => (await seen(page)).toSorted(), { timeout: patienceMs })
        .toEqual(['나', names[at % 2 === 0 ? at + 1 : at - 1] ?? ''].toSorted())
    expect(people.flatMap(({ errors }) => errors)).toEqual([])
  })
})
