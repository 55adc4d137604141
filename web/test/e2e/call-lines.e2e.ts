import { expect } from 'vitest'
import { password } from './support/account.ts'
import { desktop, phone } from './support/browser.ts'
import { callTest, startCall, takePicture } from './support/calls.ts'
import { expectBadge, openRoom, openSettings, openTab } from './support/screens.ts'
import { button } from './support/second-factor.ts'
import { describeOnStage } from './support/stage.ts'

describeOnStage('calls in their rooms', (stage) => {
  callTest('a locked screen says that it rings, not who; locked in a call, it is out of it', async () => {
    const fini = await stage.enter('linefini', '피니', desktop)
    const gaon = await stage.enter('linegaon', '가온', desktop)
    await fini.account.addFriend(gaon.account)
    const { roomId } = await fini.account.openDirectRoom(gaon.account)
    await fini.account.send(roomId, '전화할게')
    await openRoom(fini.page, '가온')
    const lock = async () => {
      await openSettings(gaon.page, '화면 잠금')
      await button(gaon.page, '지금 잠그기').click()
      await button(gaon.page, '잠금 해제').waitFor()
    }
    await lock()
    await startCall(fini.page, '음성 통화')
    await gaon.page.getByText('전화가 왔습니다. 잠금을 해제하면 받을 수 있습니다.').waitFor()
    expect(await gaon.page.getByText('피니').count()).toBe(0)
    await takePicture(gaon.page, 'locked-ring')
    await gaon.page.getByRole('textbox', { name: '비밀번호' }).fill(password)
    await button(gaon.page, '잠금 해제').click()
    await gaon.page.getByRole('alertdialog').getByRole('button', { name: '받기' }).click()
    await gaon.page.locator('[data-status="joined"]').waitFor()
    await button(gaon.page, '채팅하며 보기').click()
    await lock()
    await fini.page.getByText('통화가 끝났습니다.').waitFor()
    expect(await gaon.page.locator('[data-status]').count()).toBe(0)
  })

  callTest(
    'it rings above an open dialog; who signs out is out of the call, microphone and all',
    async () => {
      const hana = await stage.enter('linehana', '하나', desktop)
      const iris = await stage.enter('lineiris', '아이리스', desktop)
      await hana.account.addFriend(iris.account)
      const { roomId } = await hana.account.openDirectRoom(iris.account)
      await hana.account.send(roomId, '전화할게')
      await openRoom(hana.page, '아이리스')
      await iris.page.evaluate(() => {
        const opened: MediaStream[] = []
        Object.assign(window, { opened })
        const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
        navigator.mediaDevices.getUserMedia = async (wanted) => {
          const stream = await open(wanted)
          opened.push(stream)
          return stream
        }
      })
      await openTab(iris.page, '친구')
      await iris.page.getByRole('button', { name: '친구 추가' }).first().click()
      await iris.page.getByRole('dialog', { name: '친구 추가' }).waitFor()
      await startCall(hana.page, '음성 통화')
      const ring = iris.page.getByRole('alertdialog', { name: '하나님이 전화를 걸었습니다' })
      await ring.waitFor()
      await takePicture(iris.page, 'ring-above-dialog')
      await ring.getByRole('button', { name: '받기' }).click()
      await iris.page.locator('[data-status="joined"]').waitFor()
      const liveTracks = () =>
        iris.page.evaluate(() => {
          /** True because it was put there above. */
          const opened = Reflect.get(window, 'opened') as MediaStream[]
          return opened
            .flatMap((stream) => stream.getTracks())
            .filter(({ readyState }) => readyState === 'live').length
        })
      await takePicture(iris.page, 'answered-over-dialog')
      expect(await liveTracks()).toBeGreaterThan(0)
      await iris.page.getByRole('button', { name: '채팅하며 보기' }).click()
      await openTab(iris.page, '더보기')
      await button(iris.page, '로그아웃').click()
      await iris.page
        .getByRole('dialog', { name: '로그아웃할까요?' })
        .getByRole('button', { name: '로그아웃' })
        .click()
      await hana.page.getByText('통화가 끝났습니다.').waitFor()
      expect(await liveTracks()).toBe(0)
      expect([...hana.errors, ...iris.errors]).toEqual([])
    },
  )

  callTest('declined, missed and answered calls leave their lines; only the missed one counts', async () => {
    const ada = await stage.enter('lineada', '아다', desktop)
    const bora = await stage.enter('linebora', '보라', phone)
    await ada.account.addFriend(bora.account)
    const { roomId } = await ada.account.openDirectRoom(bora.account)
    await ada.account.send(roomId, '전화할게')
    await openRoom(ada.page, '보라')
    await bora.page.getByText('전화할게').waitFor()
    const rung = bora.page.getByRole('alertdialog', { name: '아다님이 전화를 걸었습니다' })

    await startCall(ada.page, '음성 통화')
    await rung.getByRole('button', { name: '거절' }).click()
    await ada.page.locator('[data-call="declined"]').waitFor()
    await rung.waitFor({ state: 'hidden' })
    await bora.page.getByText('통화를 거절했습니다').waitFor()

    await startCall(ada.page, '음성 통화')
    await rung.waitFor()
    await ada.page.getByRole('button', { name: '통화 끝내기' }).click()
    await rung.waitFor({ state: 'hidden' })
    await bora.page.getByText('부재중 전화').waitFor()
    // The message and the missed call, not the declined one.
    await expectBadge(bora.page, '아다', 2)

    await openRoom(bora.page, '아다')
    await bora.page.locator('[data-call="missed"]').getByRole('button', { name: '다시 걸기' }).click()
    await bora.page.getByRole('dialog').getByRole('button', { name: '통화 시작' }).click()
    await ada.page.getByRole('alertdialog').getByRole('button', { name: '받기' }).click()
    await ada.page.locator('[data-status="joined"]').waitFor()
    await ada.page.getByRole('button', { name: '통화 끝내기' }).click()
    await bora.page.getByText('통화가 끝났습니다.').waitFor()
    await bora.page.locator('[data-status]').waitFor({ state: 'detached' })
    await ada.page
      .locator('[data-call="answered"]')
      .getByText(/^음성 통화 \d+초$/)
      .waitFor()
    expect([...ada.errors, ...bora.errors]).toEqual([])
    const folder = process.env['CALL_PICTURES']
    if (folder !== undefined)
      for (const { page, name } of [
        { ...ada, name: 'ada' },
        { ...bora, name: 'bora' },
      ])
        await page.screenshot({ path: `${folder}/lines-${name}.png` })
  })

  callTest('a group sees that a call runs, in the list and in the room, also after coming back', async () => {
    const people = []
    for (const [at, name] of ['가을', '노을', '다솜'].entries())
      people.push(await stage.enter(`runs${at}`, name, at === 2 ? phone : desktop))
    const [first, second, third] = people
    if (!first || !second || !third) throw new Error('three people')
    for (const { account } of [second, third]) await first.account.addFriend(account)
    const { roomId } = await first.account.createGroup([second.account, third.account])
    await first.page.goto(`${stage.url}/chats/${roomId}`)
    await startCall(first.page, '음성 통화')
    await second.page.locator('[data-call-mark]').waitFor()
    await third.page.reload()
    await third.page.locator('[data-call-mark]').waitFor()
    await second.page.goto(`${stage.url}/chats/${roomId}`)
    await second.page.getByText('가을님이 음성 통화를 시작했습니다.').waitFor()
    const banner = second.page.locator('[data-call-banner]')
    await banner.getByText('가을').waitFor()
    const folder = process.env['CALL_PICTURES']
    if (folder !== undefined) await second.page.screenshot({ path: `${folder}/banner.png` })
    if (folder !== undefined) await third.page.screenshot({ path: `${folder}/mark.png` })
    await banner.getByRole('button', { name: '참여' }).click()
    await second.page.getByRole('dialog').getByRole('button', { name: '참여하기' }).click()
    await second.page.locator('[data-status="joined"]').waitFor()
    await first.page.getByRole('button', { name: '통화 끝내기' }).click()
    await second.page.getByRole('button', { name: '통화 끝내기' }).click()
    await second.page.getByText(/^통화가 끝났습니다\. \(\d+초\)$/).waitFor()
    await third.page.locator('[data-call-mark]').waitFor({ state: 'detached' })
    // The list says so too, at once and after coming back.
    const inList = third.page.getByRole('button').filter({ hasText: /음성 통화 \d+초/ })
    await inList.waitFor()
    await third.page.reload()
    await inList.waitFor()
    expect(people.flatMap(({ errors }) => errors)).toEqual([])
  })
})
