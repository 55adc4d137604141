import { naughtyStrings } from '@our-now/testkit/naughty-strings.ts'
import { expect, test } from 'vitest'
import { makeFriends } from './support/account.ts'
import { desktop, patienceMs, phone } from './support/browser.ts'
import { openDrawer, room } from './support/room.ts'
import { openRoom, openTab } from './support/screens.ts'
import { describeOnStage, type Person } from './support/stage.ts'

/** They tell of themselves, should they ever run. */
const telling = [
  '<img src=x onerror="window.isTakenOver=true">',
  '<script>window.isTakenOver=true</script>',
  '<svg/onload="window.isTakenOver=true">',
  '"><iframe srcdoc="<script>parent.isTakenOver=true</script>">',
  'javascript:window.isTakenOver=true//https://example.com',
  'https://example.com/"onmouseover="window.isTakenOver=true',
  '[x](javascript:window.isTakenOver=true)',
  'data:text/html,<script>opener.isTakenOver=true</script>',
] as const

/** Those that look like code, spread over the whole list. */
const payloads = [...telling, ...spread(naughtyStrings.filter(isScriptish), 52)]
const isShort = (text: string): boolean => text.length <= 40

describeOnStage('what people write is text', (stage) => {
  test.each([
    { device: 'phone', options: phone },
    { device: 'desktop', options: desktop },
  ])('in messages: $device', async ({ device, options }) => {
    const ada = await stage.enter(`ada-${device}`, '아다', options)
    const bora = await stage.account(`bora-${device}`, '보라')
    const watch = await watchTakeover(ada)
    const { roomId } = await bora.openDirectRoom(ada.account)
    const [first = '', ...rest] = payloads
    await bora.send(roomId, first)
    await openRoom(ada.page, '보라')
    for (const payload of rest) await bora.send(roomId, payload)
    const rows = room(ada.page).log.getByRole('article')
    await expect.poll(() => rows.count(), { timeout: patienceMs }).toBe(payloads.length)
    const shown = (await rows.allTextContents()).map(plain)
    for (const [index, payload] of payloads.entries())
      expect(shown[index]).toContain(plain(payload).slice(0, 200))
    const links = await room(ada.page)
      .log.getByRole('link')
      .evaluateAll((all) => all.map((one) => `${one.getAttribute('href')} ${one.getAttribute('rel')}`))
    for (const link of links) expect(link).toMatch(/^(https?:\/\/|mailto:|tel:)\S* .*noopener/)
    await ada.page.reload()
    await expect.poll(() => rows.count(), { timeout: patienceMs }).toBeGreaterThan(20)
    expect(await watch()).toEqual([])
  })

  test('in names, status messages and names of rooms', async () => {
    const chan = await stage.enter('chan', '찬호', desktop)
    const dana = await stage.account('dana', '다나')
    await makeFriends(chan.account, dana)
    const watch = await watchTakeover(chan)
    const { roomId } = await dana.createGroup([chan.account], 'x')
    await dana.send(roomId, '첫 글')
    await openTab(chan.page, '채팅')
    for (const name of payloads.filter(isShort).slice(0, 12)) {
      await dana.updateProfile({ displayName: name, statusMessage: name })
      await dana.renameRoom(roomId, name)
      const shown = plain(name)
      const list = chan.page.getByRole('region', { name: '채팅', exact: true })
      await expect.poll(async () => plain(await list.innerText()), { timeout: patienceMs }).toContain(shown)
    }
    const last = plain(payloads.filter(isShort)[11] ?? '')
    await openTab(chan.page, '친구')
    const friends = chan.page.getByRole('region', { name: '친구', exact: true })
    await expect.poll(async () => plain(await friends.innerText())).toContain(last)
    await chan.page.getByRole('navigation').getByRole('link', { name: '채팅' }).click()
    await chan.page.getByRole('button').filter({ hasText: '첫 글' }).first().click()
    const drawer = await openDrawer(chan.page)
    await expect.poll(async () => plain(await drawer.innerText())).toContain(last)
    await expect.poll(async () => plain(await room(chan.page).log.innerText())).toContain(last)
    expect(await watch()).toEqual([])
  })

  test('every answer carries the policy that would stop a script', async () => {
    const { page } = await stage.arrive(desktop)
    for (const path of ['/', '/chats', '/add/x', '/api/auth/registration', '/nothing-here']) {
      const response = await page.request.get(stage.url + path)
      const headers = response.headers()
      expect(headers['content-security-policy'], path).toMatch(/default-src 'none'.*script-src 'self'[^;]*;/)
      expect(headers['content-security-policy'], path).not.toMatch(/unsafe-inline|'unsafe-eval'|\*/)
      expect(headers['x-content-type-options'], path).toBe('nosniff')
    }
    const blocked = page.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'window.isTakenOver = true'
      document.head.append(script)
    })
    await blocked.catch(() => undefined)
    expect(await page.evaluate(() => 'isTakenOver' in window)).toBe(false)
  })
})

/** From now on: dialogs, reports of the policy, and the payloads' own sign. Answers how to ask what was seen. */
async function watchTakeover({ page, context, errors }: Person): Promise<() => Promise<readonly string[]>> {
  const seen: string[] = []
  page.on('dialog', (dialog) => {
    seen.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  await context.exposeFunction('tellPolicy', (report: string) => seen.push(report))
  const listen = (): void =>
    addEventListener('securitypolicyviolation', ({ violatedDirective, sourceFile }) => {
      const { tellPolicy } = window as unknown as { tellPolicy(report: string): void }
      tellPolicy(`${violatedDirective} in ${sourceFile}`)
    })
  await context.addInitScript(listen)
  await page.reload()
  await page.getByRole('navigation', { name: '주요 메뉴' }).waitFor()
  return async () => {
    if (await page.evaluate(() => 'isTakenOver' in window)) seen.push('a script ran')
    return [...seen, ...errors]
  }
}

/** White space and marks of direction are the browser's to draw. */
function plain(text: string): string {
  return text.normalize('NFC').replaceAll(/[\s\p{Cf}]+/gu, '')
}

function isScriptish(text: string): boolean {
  return (
    /[<>]|javascript:|onerror|\$\{|\{\{|&#/.test(text) && !/\p{Cc}|\p{Cs}/u.test(text) && text.length < 2_000
  )
}

function spread<T>(all: readonly T[], count: number): readonly T[] {
  return Array.from({ length: count }, (_, index) => all[Math.floor((index * all.length) / count)]).filter(
    (one) => one !== undefined,
  )
}
