import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { groupPhoto, lackOfPictures, takeShot } from '../../../services/vision/test/support/pictures.ts'
import { makeFriends } from './support/account.ts'
import { desktop, phone } from './support/browser.ts'
import { cameraSwitches, makeCameraFile } from './support/fake-camera.ts'
import { moveCamera, show } from './support/moving-camera.ts'
import { signInByHand } from './support/screens.ts'
import { button, givePassword, signedIn, turnOnSecondFactor } from './support/second-factor.ts'
import { describeOnStage } from './support/stage.ts'

/** The camera is a film of still pictures: of somebody who looks into it and does nothing. */
const folder = await mkdtemp(join(tmpdir(), 'our-now-camera-'))
const film = join(folder, 'one.mjpeg')
const looksMs = 45_000

const openFacePage = async (page: Page, url: string) => page.goto(`${url}/more/face`)

async function consent(page: Page): Promise<void> {
  await button(page, '안내문 읽고 시작하기').click()
  await page.getByText('무엇을 저장하나요', { exact: true }).waitFor()
  expect(await button(page, '동의하고 계속').isDisabled()).toBe(true)
  await page.getByRole('checkbox', { name: '읽었고 동의합니다' }).check()
  await button(page, '동의하고 계속').click()
}

async function enrol(page: Page): Promise<void> {
  await button(page, '카메라 켜기').click()
  await givePassword(page, '다음')
  await page.getByRole('heading', { name: '등록됨' }).waitFor({ timeout: looksMs })
}

const turns = { 'turn-left': '고개를 왼쪽으로', 'turn-right': '고개를 오른쪽으로' } as const
type Turn = keyof typeof turns
const isTurn = (step: string): step is Turn => step in turns
/** Seen in two or three frames. */
const turnedMs = 1_000

/**
 * Does before the camera what is asked.
 *
 * @param path      Where challenges come from. They are asked for until one has nothing but turns: bent pictures close
 *                  their eyes less well than people do.
 * @param otherWay  Its button, to begin anew.
 */
async function doSteps(page: Page, path: string, otherWay: string): Promise<void> {
  for (;;) {
    const asked = page.waitForResponse(`**${path}`)
    await button(page, '카메라 켜기').click()
    /** True because the contract says so. */
    const { steps } = (await (await asked).json()) as { steps: readonly string[] }
    if (!steps.every(isTurn)) {
      await button(page, otherWay).click()
      await button(page, '얼굴로 확인하기').click()
      continue
    }
    for (const step of steps) {
      await page.getByText(turns[step]).waitFor()
      await show(page, step)
      await page.waitForTimeout(turnedMs)
      await show(page, 'straight')
    }
    return
  }
}

describeOnStage(
  'a face',
  (stage) => {
    beforeAll(async () => void (await makeCameraFile(folder, 'one')))
    afterAll(() => rm(folder, { recursive: true, force: true }))

    test('consent, guided capture, a still picture that does not pass, verified deletion', async () => {
      const { page, errors } = await stage.enter('ada', '아다', phone)
      await openFacePage(page, stage.url)
      await consent(page)
      await enrol(page)

      await button(page, '얼굴 확인 해 보기').click()
      // The right face, and none of the steps: as if somebody held up a picture.
      await page.getByText('2번 더 시도할 수 있습니다', { exact: false }).waitFor({ timeout: looksMs })
      expect(await page.getByText('본인으로 확인했습니다').count()).toBe(0)

      await button(page, '얼굴 정보 삭제').click()
      await page.getByRole('dialog').getByRole('button', { name: '삭제', exact: true }).click()
      const result = page.getByRole('status').filter({ hasText: '삭제를 확인했습니다' })
      await result.waitFor()
      expect(await result.getByText('0개').count()).toBe(3)
      await button(page, '안내문 읽고 시작하기').waitFor()
      expect(errors).toEqual([])
    })

    test('in a room where tagging is on, who allowed it is suggested to the others', async () => {
      const bora = await stage.enter('bora', '보라', desktop)
      const chan = await stage.enter('chan', '찬호', desktop)
      await makeFriends(bora.account, chan.account)
      await chan.account.createGroup([bora.account], '등산')
      await openFacePage(bora.page, stage.url)
      await consent(bora.page)
      await enrol(bora.page)

      const lookAtGroup = async () => {
        await chan.page.setInputFiles('input[type=file]', groupPhoto('sample3.jpg'))
        await chan.page.getByText(/얼굴 \d+개를 찾았습니다/).waitFor({ timeout: looksMs })
      }
      await openFacePage(chan.page, stage.url)
      await chan.page.getByRole('radio', { name: '채팅방의 누가 있는지' }).check()
      await chan.page.getByRole('combobox', { name: '채팅방' }).selectOption({ label: '등산' })
      await chan.page.getByText('이 채팅방에서는 태그를 켜지 않았습니다.').waitFor()
      await button(chan.page, '이 방에서 태그 켜기').click()
      await button(chan.page, '이 방에서 태그 끄기').waitFor()
      await lookAtGroup()
      expect(await chan.page.getByText('보라님일 수 있습니다').count()).toBe(0)

      await bora.page.getByRole('switch', { name: '사진에서 나를 제안해도 됩니다' }).click()
      await expect.poll(() => bora.page.getByRole('switch', { checked: true }).count()).toBe(1)
      await lookAtGroup()
      await chan.page.getByText('보라님일 수 있습니다').waitFor()
      expect(await chan.page.getByText('알 수 없음').count()).toBeGreaterThanOrEqual(1)
      expect([...bora.errors, ...chan.errors]).toEqual([])
    })

    test('at sign-in a still picture opens nothing; after its tries a code does', async () => {
      const { page, account } = await stage.enter('eun', '은', phone)
      await openFacePage(page, stage.url)
      await consent(page)
      await enrol(page)
      await page.goto(`${stage.url}/chats`)
      const { app } = await turnOnSecondFactor(page)

      const other = await stage.arrive(phone)
      await signInByHand(other.page, account.handle)
      await button(other.page, '카메라 켜기').click()
      for (const left of [2, 1]) {
        await other.page
          .getByText(`${left}번 더 시도할 수 있습니다`, { exact: false })
          .waitFor({ timeout: looksMs })
        await button(other.page, '다시 시도').click()
      }
      const field = other.page.getByRole('textbox', { name: '인증 앱 코드' })
      await field.waitFor({ timeout: looksMs })
      await other.page.getByText('다른 방법을 쓰거나', { exact: false }).waitFor()
      await field.fill(app.code())
      await button(other.page, '로그인').click()
      await signedIn(other.page)
    }, 240_000)

    test('a face that does what is asked signs in, and unlocks the screen', async () => {
      const { page, account } = await stage.enter('hana', '하나', phone)
      await openFacePage(page, stage.url)
      await consent(page)
      await enrol(page)
      await page.goto(`${stage.url}/chats`)
      await turnOnSecondFactor(page)

      const other = await stage.arrive(phone)
      await moveCamera(other.context)
      await other.page.reload()
      await signInByHand(other.page, account.handle)
      await doSteps(other.page, '/api/auth/sign-in/face', '인증 앱 코드 입력하기')
      await signedIn(other.page)
      await other.page.goto(`${stage.url}/more/devices`)
      await other.page.getByText('· 얼굴', { exact: false }).waitFor()

      await other.page.goto(`${stage.url}/more/lock`)
      await button(other.page, '지금 잠그기').click()
      await button(other.page, '얼굴로 확인하기').click()
      await doSteps(other.page, '/api/face/challenges', '비밀번호로 해제하기')
      await button(other.page, '지금 잠그기').waitFor({ timeout: looksMs })
    }, 240_000)

    test('a profile photo gets advice: a good one, several faces, no picture at all', async () => {
      const { page } = await stage.enter('dana', '다나', phone)
      await openFacePage(page, stage.url)
      const choose = (file: string) => page.setInputFiles('input[type=file]', file)
      const good = join(folder, 'good.jpg')
      await writeFile(good, await takeShot('one', 0))
      await choose(good)
      await page.getByText('프로필 사진으로 좋습니다.').waitFor({ timeout: looksMs })
      await choose(groupPhoto('sample3.jpg'))
      await page.getByText('얼굴이 둘 이상 보입니다.', { exact: false }).waitFor({ timeout: looksMs })
      const none = join(folder, 'none.jpg')
      await writeFile(none, (await readFile(film)).subarray(0, 300))
      await choose(none)
      await page.getByText('읽을 수 없는 사진입니다.', { exact: false }).waitFor()
    })
  },
  'localhost',
  { env: { VISION_ENABLED: 'true' }, switches: cameraSwitches(film), lack: lackOfPictures },
)
