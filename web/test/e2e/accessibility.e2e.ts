import axe from 'axe-core'
import type { Locator, Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { makeFriends, password, type Account } from './support/account.ts'
import { desktop, patienceMs, phone } from './support/browser.ts'
import { expectSent, openDrawer, room } from './support/room.ts'
import { expectRoom, openRoom, openTab, roomRow, signUpByHand } from './support/screens.ts'
import { describeOnStage } from './support/stage.ts'

const devices = [
  { device: 'phone', colorScheme: 'light', options: { ...phone, colorScheme: 'light' } },
  { device: 'phone', colorScheme: 'dark', options: { ...phone, colorScheme: 'dark' } },
  { device: 'desktop', colorScheme: 'light', options: { ...desktop, colorScheme: 'light' } },
  { device: 'desktop', colorScheme: 'dark', options: { ...desktop, colorScheme: 'dark' } },
] as const

describeOnStage('accessibility', (stage) => {
  let bora: Account
  beforeAll(async () => {
    bora = await stage.account('bora', '보라')
  })

  test('an account is made with nothing wrong on the way', async () => {
    const { page } = await stage.arrive(phone)
    await page.getByRole('button', { name: '가입하기' }).click()
    await page.getByRole('heading', { name: '함께 시작하기' }).waitFor()
    expect(await violations(page), 'sign-up').toEqual([])
    await signUpByHand(page, { handle: 'newcomer', name: '새싹' })
    await page.getByRole('textbox', { name: '내 친구 링크' }).waitFor()
    expect(await violations(page), 'welcome').toEqual([])
  })

  test.each(devices)(
    'no screen has a serious fault: $device, $colorScheme',
    async ({ device, colorScheme, options }) => {
      const out = await stage.arrive(options)
      await out.page.getByRole('heading', { name: '다시 만나 반갑습니다' }).waitFor()
      expect(await violations(out.page), 'sign-in').toEqual([])

      const ada = await stage.enter(`ada-${device}-${colorScheme}`, '아다', options)
      await makeFriends(ada.account, bora)
      const { roomId } = await bora.createGroup([ada.account], '공원')
      await bora.send(roomId, '안녕 https://example.com 볼래?')
      await bora.send(roomId, '👋')
      await roomRow(ada.page, '공원').waitFor()
      expect(await violations(ada.page), 'chats').toEqual([])
      await openTab(ada.page, '친구')
      await ada.page.getByRole('heading', { name: /^친구 \d/ }).waitFor()
      expect(await violations(ada.page), 'friends').toEqual([])
      await openTab(ada.page, '더보기')
      expect(await violations(ada.page), 'more').toEqual([])

      await openTab(ada.page, '채팅')
      await openRoom(ada.page, '공원')
      await room(ada.page).message('👋').waitFor()
      await ada.account.send(roomId, '나도 안녕')
      await room(ada.page).message('나도 안녕').waitFor()
      expect(await violations(ada.page), 'room').toEqual([])
      const drawer = await openDrawer(ada.page)
      await drawer.getByText('보라', { exact: true }).last().waitFor()
      expect(await violations(ada.page), 'drawer').toEqual([])
      await ada.account.leaveRoom(roomId)
    },
  )

  test('everything needed for a talk is done with the keyboard alone', async () => {
    const chan = await stage.account('chan', '찬호')
    const { roomId } = await bora.openDirectRoom(chan)
    await bora.send(roomId, '하나')
    await bora.send(roomId, '둘')
    const { page } = await stage.arrive(desktop)
    const { keyboard } = page
    await page.getByRole('heading', { name: '다시 만나 반갑습니다' }).waitFor()
    await tabTo(page, page.getByRole('textbox', { name: '아이디' }))
    await keyboard.type('chan')
    await keyboard.press('Tab')
    await keyboard.type(password)
    await keyboard.press('Enter')

    await roomRow(page, '보라').waitFor()
    await tabTo(page, roomRow(page, '보라'))
    await keyboard.press('Enter')
    await expectRoom(page, '보라')
    const { composer, log, message } = room(page)
    await expectFocus(composer)
    await keyboard.type('셋')
    await keyboard.press('Enter')
    await expectSent(page, ['하나', '둘', '셋'])
    await expectFocus(composer)

    await keyboard.press('Shift+Tab')
    await expectFocus(message('셋'))
    await keyboard.press('ArrowUp')
    await expectFocus(message('둘'))
    await keyboard.press('Home')
    await expectFocus(message('하나'))
    await keyboard.press('Enter')
    await page.getByRole('menu').waitFor()
    await keyboard.press('Escape')
    await expect.poll(() => page.getByRole('menu').count()).toBe(0)
    await expectFocus(message('하나'))
    await keyboard.press('Escape')
    await expectFocus(composer)

    await keyboard.press('F6')
    await expectFocus(page.getByRole('navigation', { name: '주요 메뉴' }).getByRole('link').first())
    await keyboard.press('F6')
    await expect
      .poll(() => hasFocusWithin(page.getByRole('region', { name: '채팅', exact: true })))
      .toBe(true)
    await keyboard.press('F6')
    await expectFocus(composer)
    await keyboard.press('Shift+F6')
    await expect
      .poll(() => hasFocusWithin(page.getByRole('region', { name: '채팅', exact: true })))
      .toBe(true)

    await keyboard.press('Control+k')
    const switcher = page.getByRole('dialog', { name: '빠른 이동' })
    await expectFocus(switcher.getByRole('combobox'))
    await keyboard.type('나와')
    await switcher.getByRole('option', { name: /나와의 채팅/ }).waitFor()
    await keyboard.press('Enter')
    await expectRoom(page, '나와의 채팅')
    await expectFocus(composer)
    expect(await log.count()).toBe(1)
  })

  test.each([
    { device: 'phone', options: phone },
    { device: 'desktop', options: desktop },
  ])('nothing shifts while a room opens: $device', async ({ device, options }) => {
    const dana = await stage.enter(`dana-${device}`, '다나', options)
    const { roomId } = await bora.openDirectRoom(dana.account)
    for (let index = 1; index <= 60; index += 1) await bora.send(roomId, `${index}번째 글`)
    await openRoom(dana.page, '보라')
    await room(dana.page).message('60번째 글').waitFor()
    // As a link opens it: no tap that would excuse a shift.
    await dana.page.addInitScript(countShifts)
    await dana.page.reload()
    await expectRoom(dana.page, '보라')
    await room(dana.page).message('60번째 글').waitFor()
    await bora.send(roomId, '한 줄 더')
    await room(dana.page).message('한 줄 더').waitFor()
    expect(await dana.page.evaluate(() => Reflect.get(window, 'shiftScore'))).toBeLessThanOrEqual(0.02)
  })
})

/** What axe finds serious or critical, in one line each. */
async function violations(page: Page): Promise<readonly string[]> {
  // Things that fade in have their colours only afterwards.
  await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'))
  await page.evaluate(axe.source)
  const { violations: found } = await page.evaluate(async () => {
    const { axe: run } = window as unknown as { axe: typeof axe }
    return run.run(document, { resultTypes: ['violations'] })
  })
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`),
    )
}

/** Presses Tab until it is there: within reach, and in reach of the keyboard at all. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 30; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error('not reached by Tab')
}

const expectFocus = (target: Locator): Promise<void> =>
  expect
    .poll(() => target.evaluate((element) => element === document.activeElement), {
      timeout: patienceMs,
      message: String(target),
    })
    .toBe(true)

const hasFocusWithin = (target: Locator): Promise<boolean> =>
  target.evaluate((element) => element.contains(document.activeElement))

/** Adds up every layout shift of the page, as the browser counts them. */
function countShifts(): void {
  Reflect.set(window, 'shiftScore', 0)
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { value } = entry as PerformanceEntry & { readonly value: number }
      Reflect.set(window, 'shiftScore', Number(Reflect.get(window, 'shiftScore')) + value)
    }
  }).observe({ type: 'layout-shift', buffered: true })
}
