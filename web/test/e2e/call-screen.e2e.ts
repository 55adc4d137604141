import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { makeFriends } from './support/account.ts'
import { desktop, patienceMs, phone } from './support/browser.ts'
import { callTest, joinRunning, leave, startCall, takePicture, twoInCall } from './support/calls.ts'
import { expectMoving, frames, screen } from './support/moving-pictures.ts'
import { arrivingVideos, notePeerConnections } from './support/paths.ts'
import { expectSent, say } from './support/room.ts'
import { openRoom } from './support/screens.ts'
import { describeOnStage } from './support/stage.ts'

/** What is wrong for those who cannot see or use a mouse. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const found = await page.evaluate(() =>
    /** True because the line before put it there. */
    (globalThis as unknown as { axe: typeof axe }).axe.run({ runOnly: ['wcag2a', 'wcag2aa'] }),
  )
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

/** The next pages of this person are refused a device, as by the browser's question. */
const refuse = (page: Page, kind: 'video' | 'audio' | 'both'): Promise<unknown> =>
  page.addInitScript((refused) => {
    const original = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
    navigator.mediaDevices.getUserMedia = async (wanted) => {
      if (refused === 'both' || wanted?.[refused]) throw new DOMException('no', 'NotAllowedError')
      return original(wanted)
    }
  }, kind)

describeOnStage('the call screen', (stage) => {
  callTest('one shows a screen, the other sees it large; when it ends both are as before', async () => {
    const [ada, bora] = await twoInCall(stage, ['아다', '보라'], desktop)
    // The browser's own question cannot be answered without a head: a drawn picture and a tone stand for the screen.
    await ada.page.evaluate(() => {
      navigator.mediaDevices.getDisplayMedia = async () => {
        const canvas = document.createElement('canvas')
        const pen = canvas.getContext('2d')
        setInterval(() => pen?.fillRect(Math.random() * 200, Math.random() * 100, 20, 20), 50)
        const context = new AudioContext()
        const sound = context.createMediaStreamDestination()
        const tone = context.createOscillator()
        tone.connect(sound)
        tone.start()
        return new MediaStream([...canvas.captureStream(10).getTracks(), ...sound.stream.getTracks()])
      }
    })
    await ada.page.getByRole('button', { name: '화면 공유' }).click()
    await expectMoving(bora.page, ['아다의 화면', '아다'])
    const sounds = () => screen(bora.page).locator('audio').count()
    await expect.poll(sounds, { timeout: patienceMs }).toBe(2)
    await ada.page.getByRole('button', { name: '화면 공유 끝내기' }).click()
    await expect
      .poll(async () => Object.keys(await frames(bora.page)).toSorted(), { timeout: patienceMs })
      .toEqual(['나', '아다'])
    await expect.poll(sounds, { timeout: patienceMs }).toBe(1)
  })

  callTest('one writes while the call goes on beside the talk, and keys steer it', async () => {
    const [chan, dana] = await twoInCall(stage, ['찬호', '다나'], desktop)
    expect(await violations(chan.page)).toEqual([])
    await chan.page.getByRole('button', { name: '채팅하며 보기' }).click()
    await say(chan.page, '링크 보낼게 mvhs')
    await expectSent(chan.page, ['들려?', '링크 보낼게 mvhs'])
    await expectMoving(chan.page, ['다나', '나'])
    await takePicture(chan.page, 'beside')
    // What was typed was text, not keys.
    await screen(chan.page).getByRole('button', { name: '마이크 끄기' }).waitFor()
    await chan.page.getByRole('button', { name: '크게 보기' }).click()
    await screen(chan.page).focus()
    await chan.page.keyboard.press('m')
    await screen(dana.page).getByLabel('마이크 꺼짐').waitFor()
    await chan.page.keyboard.press('m')
    await chan.page.keyboard.press('v')
    await expect
      .poll(async () => Object.keys(await frames(dana.page)), { timeout: patienceMs })
      .toEqual(['나'])
    await chan.page.keyboard.press('Escape')
    await chan.page.locator('[data-mode="side"]').waitFor()
  })

  callTest('three: somebody is pinned large, and off-screen pictures rest', async () => {
    const eun = await stage.enter('eun', '은지', desktop)
    const fini = await stage.enter('fini', '피니', phone)
    const gaon = await stage.enter('gaon', '가온', desktop)
    await makeFriends(eun.account, fini.account, gaon.account)
    const { roomId } = await eun.account.createGroup([fini.account, gaon.account], '셋')
    await notePeerConnections(fini.page)
    for (const { page } of [eun, fini, gaon]) await page.goto(`${stage.url}/chats/${roomId}`)
    await startCall(eun.page)
    await joinRunning(fini.page)
    await joinRunning(gaon.page)
    await expectMoving(eun.page, ['피니', '가온', '나'])
    await eun.page.getByRole('button', { name: '피니 크게 고정' }).click()
    await eun.page.locator('[data-layout="spotlight"]').waitFor()
    await expectMoving(eun.page, ['피니', '가온'])
    await expect.poll(() => arrivingVideos(fini.page), { timeout: patienceMs }).toBe(2)
    // On a phone the call becomes a small tile with one picture; the talk is under it.
    await fini.page.getByRole('button', { name: '채팅하며 보기' }).click()
    await fini.page.locator('[data-mode="float"]').waitFor()
    await expect
      .poll(async () => Object.keys(await frames(fini.page)).length, { timeout: patienceMs })
      .toBe(1)
    await expect.poll(() => arrivingVideos(fini.page), { timeout: patienceMs }).toBe(1)
    expect(await violations(fini.page)).toEqual([])
    await say(fini.page, '나 여기 있어')
    await expectSent(fini.page, ['나 여기 있어'])
    await takePicture(fini.page, 'floating')
    await takePicture(eun.page, 'pinned')
  })

  callTest('camera refused: it is said, and one is heard all the same', async () => {
    const haru = await stage.enter('haru', '하루', phone)
    const jun = await stage.enter('jun', '준', desktop)
    await haru.account.addFriend(jun.account)
    const { roomId } = await haru.account.openDirectRoom(jun.account)
    await haru.account.send(roomId, '들려?')
    await refuse(haru.page, 'video')
    await haru.page.reload()
    await openRoom(haru.page, '준')
    await haru.page.getByRole('button', { name: '영상 통화', exact: true }).click()
    const preview = haru.page.getByRole('dialog')
    await preview.getByText('카메라 권한이 꺼져 있습니다.').waitFor()
    expect(await violations(haru.page)).toEqual([])
    await takePicture(haru.page, 'refused')
    await preview.getByRole('button', { name: '통화 시작' }).click()
    await jun.page.getByRole('alertdialog').getByRole('button', { name: '받기' }).click()
    await expectMoving(haru.page, ['준'])
    await expect.poll(() => screen(jun.page).locator('audio').count(), { timeout: patienceMs }).toBe(1)
    await leave(haru.page)
  })

  callTest('without any device one watches and listens, and joins muted as chosen', async () => {
    const kai = await stage.enter('kai', '카이', desktop)
    const lena = await stage.enter('lena', '레나', desktop)
    await kai.account.addFriend(lena.account)
    const { roomId } = await kai.account.openDirectRoom(lena.account)
    await kai.account.send(roomId, '들려?')
    await refuse(kai.page, 'both')
    await kai.page.reload()
    await openRoom(kai.page, '레나')
    await openRoom(lena.page, '카이')
    await lena.page.getByRole('button', { name: '영상 통화', exact: true }).click()
    const preview = lena.page.getByRole('dialog')
    await preview.getByRole('button', { name: '마이크 끄기' }).click()
    await preview.getByRole('switch', { name: '다음부터 바로 참여하기' }).click()
    await preview.getByRole('button', { name: '통화 시작' }).click()
    const ring = kai.page.getByRole('alertdialog')
    await ring.waitFor()
    expect(await violations(kai.page)).toEqual([])
    await ring.getByRole('button', { name: '받기' }).click()
    await expectMoving(kai.page, ['레나'])
    await screen(kai.page).getByText('마이크 권한이 꺼져 있습니다.').waitFor()
    await screen(kai.page).locator('[data-part]:not([data-part="me"])').getByLabel('마이크 꺼짐').waitFor()
    await leave(lena.page)
    // Chosen once, kept: straight in, and still muted.
    await lena.page.getByRole('button', { name: '영상 통화', exact: true }).click()
    await screen(lena.page).getByRole('button', { name: '마이크 켜기' }).waitFor()
  })
})
