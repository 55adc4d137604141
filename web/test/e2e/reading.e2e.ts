import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Account } from './support/account.ts'
import { desktop, patienceMs, phone } from './support/browser.ts'
import { expectSent, expectUnread, room, say, seenTexts } from './support/room.ts'
import { expectBadge, openRoom } from './support/screens.ts'
import { describeOnStage, type Person } from './support/stage.ts'

/** More than three pages of history. */
const many = Array.from({ length: 180 }, (_, index) => `${index + 1}번 글`)

describeOnStage('reading', (stage) => {
  test('much unread opens at the divider, with a way to the newest', async () => {
    const ada = await stage.enter('ada', '아다', phone)
    const bora = await stage.enter('bora', '보라', desktop)
    await writeMany(bora.account, ada.account)
    await expectBadge(ada.page, '보라', many.length)
    await openRoom(ada.page, '보라')
    const { divider, message } = room(ada.page)
    await expect.poll(() => isOnScreen(ada.page, '1번 글'), { timeout: patienceMs }).toBe(true)
    expect(await divider.count()).toBe(1)
    expect(await isOnScreen(ada.page, '180번 글')).toBe(false)
    // What was received is read, wherever one has scrolled to.
    await openRoom(bora.page, '아다')
    await expectUnread(bora.page, '180번 글', 0)

    await ada.page.getByRole('button', { name: /최신으로/ }).click()
    await expect.poll(() => isOnScreen(ada.page, '180번 글'), { timeout: patienceMs }).toBe(true)
    expect(await message('180번 글').count()).toBe(1)
    await expect.poll(() => ada.page.getByRole('button', { name: /최신으로/ }).count()).toBe(0)
    await say(ada.page, '다 읽었어')
    await expect.poll(() => divider.count()).toBe(0)
    expect(ada.errors).toEqual([])
  })

  test.each([
    { device: 'phone', options: phone },
    { device: 'desktop', options: desktop },
  ])('scrolling up brings older lines without a jump: $device', async ({ device, options }) => {
    const chan = await stage.enter(`chan-${device}`, '찬호', options)
    const dana = await stage.account(`dana-${device}`, '다나')
    await writeMany(chan.account, dana)
    await openRoom(chan.page, '다나')
    await expect.poll(() => isOnScreen(chan.page, '180번 글')).toBe(true)
    const { log } = room(chan.page)
    await expect.poll(() => log.getByRole('article').count()).toBeLessThan(150)

    const jumps: number[] = []
    for (let tries = 0; tries < 200 && !(await isOnScreen(chan.page, '1번 글')); tries += 1)
      jumps.push(await scrollUp(chan.page))
    expect(await isOnScreen(chan.page, '1번 글')).toBe(true)
    expect(Math.max(...jumps)).toBeLessThanOrEqual(2)
    expect(await seenTexts(chan.page)).toEqual(many)
    expect(chan.errors).toEqual([])
  })

  test('who is scrolled up is told of a new message and stays where they are', async () => {
    const emil = await stage.enter('emil', '에밀', desktop)
    const fini = await stage.account('fini', '피니')
    const roomId = await writeMany(emil.account, fini)
    await openRoom(emil.page, '피니')
    await expect.poll(() => isOnScreen(emil.page, '180번 글')).toBe(true)
    await room(emil.page).log.hover()
    await emil.page.mouse.wheel(0, -600)
    await expect.poll(() => isOnScreen(emil.page, '180번 글')).toBe(false)
    const before = await topOf(emil.page, '170번 글')
    await fini.send(roomId, '새 소식')
    const pill = emil.page.getByRole('button', { name: '새 메시지 1개, 최신으로 이동' })
    await pill.waitFor()
    expect(Math.abs((await topOf(emil.page, '170번 글')) - before)).toBeLessThanOrEqual(2)
    await pill.click()
    await expect.poll(() => isOnScreen(emil.page, '새 소식')).toBe(true)
    await expect.poll(() => pill.count()).toBe(0)
    expect(emil.errors).toEqual([])
  })

  test('a page that nobody looks at reads nothing', async () => {
    const gina = await stage.enter('gina', '지나', desktop)
    const hanu = await stage.enter('hanu', '하누', phone)
    const { roomId } = await gina.account.openDirectRoom(hanu.account)
    await gina.account.send(roomId, '보고 있어?')
    await openRoom(hanu.page, '지나')
    await openRoom(gina.page, '하누')
    await expectUnread(gina.page, '보고 있어?', 0)

    const lookAgain = await lookAway(hanu)
    await say(gina.page, '어디 갔어?')
    await expectSent(hanu.page, ['보고 있어?', '어디 갔어?'])
    // What the page tells after the message came would come after its reading, too.
    await typeUnseen(hanu.page, '음')
    await gina.page.getByText('하누님이 입력 중').waitFor()
    await expectUnread(gina.page, '어디 갔어?', 1)
    expect(await room(hanu.page).divider.count()).toBe(1)
    await lookAgain()
    await expectUnread(gina.page, '어디 갔어?', 0)
    expect([...gina.errors, ...hanu.errors]).toEqual([])
  })
})

/** Fills the room of two; answers its id. */
async function writeMany(author: Account, other: Account): Promise<string> {
  const { roomId } = await author.openDirectRoom(other)
  for (const text of many) await author.send(roomId, text)
  return roomId
}

/** Where the message begins, in px from the top of the list; NaN when it is not drawn. */
async function topOf(page: Page, text: string): Promise<number> {
  const { log, message } = room(page)
  const [list, row] = await Promise.all([log.boundingBox(), message(text).last().boundingBox()])
  return list && row ? row.y - list.y : NaN
}

const isOnScreen = async (page: Page, text: string): Promise<boolean> => {
  const { log } = room(page)
  return log.evaluate((list, wanted) => {
    const view = list.getBoundingClientRect()
    const row = [...list.querySelectorAll('article')].find((one) =>
      (one.getAttribute('aria-label') ?? '').includes(`, ${wanted}, `),
    )
    const box = row?.getBoundingClientRect()
    return box !== undefined && box.top < view.bottom && box.bottom > view.top
  }, text)
}

/**
 * Scrolls up by half a screen as a wheel does and watches, for some frames, the line that was in the middle: it moves with
 * the scrolling and by nothing else. Answers by how many px it moved besides.
 */
const scrollUp = (page: Page): Promise<number> =>
  room(page).log.evaluate(async (list) => {
    const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    const view = list.getBoundingClientRect()
    const middle = view.top + view.height / 2
    const byPx = Math.round(view.height / 2)
    const anchor = [...list.querySelectorAll('article')].find(
      (one) => one.getBoundingClientRect().bottom > middle,
    )
    if (!anchor) throw new Error('nothing in the middle of the list')
    const before = anchor.getBoundingClientRect().top
    const scrolledBefore = list.scrollTop
    list.dispatchEvent(new WheelEvent('wheel', { deltaY: -byPx }))
    list.scrollTop -= byPx
    const moved = scrolledBefore - list.scrollTop
    const expected = before + moved
    let worst = 0
    for (let frame = 0; frame < 8; frame += 1) {
      await nextFrame()
      worst = Math.max(worst, Math.abs(anchor.getBoundingClientRect().top - expected))
    }
    return worst
  })

/** Typing without giving the page the focus, as no person can. */
const typeUnseen = (page: Page, text: string): Promise<void> =>
  room(page).composer.evaluate((field, typed) => {
    if (field instanceof HTMLTextAreaElement) field.value = typed
    field.dispatchEvent(new InputEvent('input', { bubbles: true }))
  }, text)

/** Another page of the same browser comes to the front. Answers how to come back. */
async function lookAway({ context, page }: Person): Promise<() => Promise<void>> {
  const cdp = await context.newCDPSession(page)
  // The driver pretends that every page has the focus.
  await cdp.send('Emulation.setFocusEmulationEnabled', { enabled: false })
  const other = await context.newPage()
  await other.bringToFront()
  await page.waitForFunction(() => !document.hasFocus())
  return async () => {
    await cdp.send('Emulation.setFocusEmulationEnabled', { enabled: true })
    await other.close()
  }
}
