import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { makeFriends } from './support/account.ts'
import { desktop, patienceMs, phone } from './support/browser.ts'
import { expectSent, room, say, seenMessages } from './support/room.ts'
import { badgeOf, expectRoom, openRoom } from './support/screens.ts'
import { describeOnStage } from './support/stage.ts'

/** A client that failed to connect waits up to half a minute, at random. */
const reconnectMs = 45_000

describeOnStage(
  'without a connection',
  (stage) => {
    test('what is written waits, survives a reload, and is sent once and in order', async () => {
      const ada = await stage.enter('ada', '아다', phone)
      const bora = await stage.enter('bora', '보라', desktop)
      const { roomId } = await bora.account.openDirectRoom(ada.account)
      await bora.account.send(roomId, '지하철이야?')
      await openRoom(ada.page, '보라')
      await expectSent(ada.page, ['지하철이야?'])
      await ada.page.waitForFunction(() => navigator.serviceWorker.controller !== null)
      // The device keeps what it shows, a moment later.
      await expect.poll(() => isKept(ada.page, '지하철이야?'), { timeout: patienceMs }).toBe(true)

      await ada.context.setOffline(true)
      for (const text of ['하나', '둘', '셋']) await say(ada.page, text)
      const waiting = ['지하철이야? sent', '하나 sending', '둘 sending', '셋 sending']
      await expect.poll(() => states(ada.page)).toEqual(waiting)
      await ada.page.getByText('인터넷에 연결되어 있지 않습니다.').waitFor()

      await ada.page.reload()
      await expectRoom(ada.page, '보라')
      await expect.poll(() => states(ada.page), { timeout: patienceMs }).toEqual(waiting)

      await ada.context.setOffline(false)
      await expectSent(ada.page, ['지하철이야?', '하나', '둘', '셋'])
      await openRoom(bora.page, '아다')
      await expectSent(bora.page, ['지하철이야?', '하나', '둘', '셋'])
      expect(bora.errors).toEqual([])
    })

    test('a killed server, in the middle of sending: everything is there once, for both', async () => {
      const chan = await stage.enter('chan', '찬호', desktop)
      const dana = await stage.enter('dana', '다나', phone)
      const { roomId } = await dana.account.openDirectRoom(chan.account)
      await dana.account.send(roomId, '들려?')
      await openRoom(chan.page, '다나')
      await openRoom(dana.page, '찬호')
      await expectSent(dana.page, ['들려?'])

      const texts = Array.from({ length: 12 }, (_, index) => `${index + 1}번째`)
      for (const [index, text] of texts.entries()) {
        await say(chan.page, text)
        if (index === 5) await stage.kill()
      }
      expect((await states(chan.page)).at(-1)).toBe('12번째 sending')
      await stage.startAgain()
      for (const { page } of [chan, dana]) await expectSent(page, ['들려?', ...texts], reconnectMs)
      await chan.page.reload()
      await expectSent(chan.page, ['들려?', ...texts])
    })

    test('what the server refuses says so, and can be tried again or thrown away', async () => {
      const emil = await stage.enter('emil', '에밀', desktop)
      const fini = await stage.enter('fini', '피니', phone)
      await makeFriends(emil.account, fini.account)
      const { roomId } = await emil.account.createGroup([fini.account], '합창단')
      await openRoom(fini.page, '합창단')
      await fini.context.setOffline(true)
      await say(fini.page, '늦어요')
      await say(fini.page, '먼저 시작하세요')
      await emil.account.removeMember(roomId, fini.account)
      await fini.context.setOffline(false)
      await fini.page.getByText('채팅방을 찾을 수 없습니다.').waitFor()
      // One after the other: invited again between the two, the second would go through.
      await expect.poll(() => outboxStates(fini.page), { timeout: patienceMs }).toEqual(['failed', 'failed'])

      await emil.account.inviteMember(roomId, fini.account)
      await expectRoom(fini.page, '합창단')
      await expect.poll(() => states(fini.page)).toEqual(['늦어요 failed', '먼저 시작하세요 failed'])
      const { message } = room(fini.page)
      await message('늦어요').getByRole('button', { name: '삭제' }).click()
      await message('먼저 시작하세요').getByRole('button', { name: '다시 보내기' }).click()
      await expectSent(fini.page, ['먼저 시작하세요'])
      await openRoom(emil.page, '합창단')
      await expectSent(emil.page, ['먼저 시작하세요'])
      expect(await badgeOf(emil.page, '합창단')).toBe(0)
    })
  },
  '127.0.0.1',
)

const states = async (page: Page): Promise<readonly string[]> =>
  (await seenMessages(page)).map(({ text, state }) => `${text} ${state}`)

/** What the device keeps of each message that is not sent, in order. */
const outboxStates = (page: Page): Promise<readonly string[]> =>
  page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result))
        request.addEventListener('error', () => reject(new Error('not read')))
      })
    const states: string[] = []
    for (const { name } of await indexedDB.databases()) {
      if (name === undefined || !/^our-now:[^:]+$/.test(name)) continue
      const database = await done(indexedDB.open(name))
      const entries = await done(
        database.transaction('outbox').objectStore('outbox').index('byPosition').getAll(),
      )
      database.close()
      for (const { state } of entries) states.push(state)
    }
    return states
  })

/** Whether the text is in one of the page's own databases. */
const isKept = (page: Page, text: string): Promise<boolean> =>
  page.evaluate(async (wanted) => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result))
        request.addEventListener('error', () => reject(new Error('not read')))
      })
    for (const { name } of await indexedDB.databases()) {
      if (name?.endsWith(':rooms') !== true) continue
      const database = await done(indexedDB.open(name))
      const pages = await done(database.transaction('pages').objectStore('pages').getAll())
      database.close()
      if (JSON.stringify(pages).includes(wanted)) return true
    }
    return false
  }, text)
