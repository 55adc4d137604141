import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { password, type Account } from './support/account.ts'
import { desktop, patienceMs, phone } from './support/browser.ts'
import {
  expectRoom,
  openSettings,
  openTab,
  passWelcome,
  signInByHand,
  signUpByHand,
  toast,
} from './support/screens.ts'
import { givePassword } from './support/second-factor.ts'
import { describeOnStage } from './support/stage.ts'

const newPassword = 'another horse battery'

describeOnStage('sessions', (stage) => {
  let operator: Account
  beforeAll(async () => {
    operator = await stage.account('oper', '오페라')
  })

  test('signing out and in; a wrong password is answered in words, the same for an unknown id', async () => {
    const { page } = await stage.comeBack(operator, desktop)
    await openTab(page, '더보기')
    await page.getByRole('button', { name: '로그아웃' }).click()
    await page
      .getByRole('dialog', { name: '로그아웃할까요?' })
      .getByRole('button', { name: '로그아웃' })
      .click()
    const refused = page.getByRole('alert').getByText('아이디 또는 비밀번호가 맞지 않습니다.')
    await signInByHand(page, 'nobody', 'wrong wrong wrong')
    await refused.waitFor()
    await signInByHand(page, 'oper', 'wrong wrong wrong')
    await refused.waitFor()
    await signInByHand(page, 'oper')
    await openTab(page, '채팅')
    await page.reload()
    await openTab(page, '친구')
  })

  test('my devices are listed, and another one is ended within seconds', async () => {
    const ada = await stage.enter('ada', '아다', desktop)
    const other = await stage.arrive(phone)
    await signInByHand(other.page, 'ada')
    await openTab(other.page, '친구')

    await openSettings(ada.page, '로그인된 기기')
    const devices = ada.page.getByRole('region', { name: '로그인된 기기' }).getByRole('listitem')
    await expect.poll(() => devices.count()).toBe(2)
    expect(await devices.filter({ hasText: '이 기기' }).count()).toBe(1)
    const ended = devices.filter({ hasNotText: '이 기기' })
    expect(await ended.innerText()).toMatch(/Chrome · Linux/)
    await ended.getByRole('button', { name: '로그아웃' }).click()
    await ada.page
      .getByRole('dialog', { name: '이 기기를 로그아웃할까요?' })
      .getByRole('button', { name: '로그아웃' })
      .click()
    await expectSignedOut(other.page)
    await expect.poll(() => devices.count()).toBe(1)
    expect(ada.errors).toEqual([])
  })

  test('a changed password ends every other device and is the only one from then on', async () => {
    const bora = await stage.enter('bora', '보라', phone)
    const other = await stage.comeBack(bora.account, desktop)
    await openSettings(bora.page, '비밀번호 변경')
    const submit = bora.page.getByRole('button', { name: '비밀번호 변경' })
    await bora.page.getByRole('textbox', { name: '현재 비밀번호' }).fill('wrong wrong wrong')
    await bora.page.getByRole('textbox', { name: '새 비밀번호' }).fill(newPassword)
    await submit.click()
    await bora.page.getByRole('alert').getByText('아이디 또는 비밀번호가 맞지 않습니다.').waitFor()
    await bora.page.getByRole('textbox', { name: '현재 비밀번호' }).fill(password)
    await submit.click()
    await toast(bora.page, '비밀번호를 바꿨습니다. 다른 기기에서는 로그아웃됩니다.').waitFor()
    await expectSignedOut(other.page)
    await signInByHand(other.page, 'bora')
    await other.page.getByRole('alert').getByText('아이디 또는 비밀번호가 맞지 않습니다.').waitFor()
    await signInByHand(other.page, 'bora', newPassword)
    await openTab(other.page, '채팅')
    await openTab(bora.page, '친구')
  })

  test('the operator lets in only the invited, or nobody', async () => {
    const { page } = await stage.comeBack(operator, desktop)
    await openSettings(page, '운영')
    const modes = page.getByRole('radiogroup', { name: '가입 방식' })
    await modes.getByRole('radio', { name: '초대받은 사람만' }).check()
    await toast(page, '가입 방식을 바꿨습니다.').waitFor()
    await page.getByRole('spinbutton', { name: '사용 가능 인원' }).fill('1')
    await page.getByRole('button', { name: '초대 링크 만들기' }).click()
    const link = await page.getByRole('textbox', { name: '가입 초대 링크' }).inputValue()

    const stranger = await stage.arrive(phone)
    await toSignUp(stranger.page)
    await stranger.page.getByText('이곳은 초대받은 분만 가입할 수 있습니다.').waitFor()
    expect(await stranger.page.getByRole('textbox').count()).toBe(0)
    await stranger.page.goto(link)
    await stranger.page.getByText('초대를 받으셨습니다.').waitFor()
    await signUpByHand(stranger.page, { handle: 'chan', name: '찬호' })
    await passWelcome(stranger.page, '찬호')

    const late = await stage.arrive(phone, new URL(link).pathname)
    await signUpByHand(late.page, { handle: 'late', name: '늦게' })
    await late.page
      .getByRole('alert')
      .getByText(/초대 링크|링크가 잘못되었거나/)
      .waitFor()

    await modes.getByRole('radio', { name: '닫힘' }).check()
    await expect.poll(() => modes.getByRole('radio', { name: '닫힘' }).isEnabled()).toBe(true)
    const shut = await stage.arrive(desktop)
    await toSignUp(shut.page)
    await shut.page.getByText('지금은 새로 가입할 수 없습니다.').waitFor()
    expect(await shut.page.getByRole('textbox').count()).toBe(0)
    await modes.getByRole('radio', { name: '누구나' }).check()
    await expect.poll(() => modes.getByRole('radio', { name: '누구나' }).isEnabled()).toBe(true)
  })

  test('a reset link sets a new password once', async () => {
    const { page } = await stage.comeBack(operator, phone)
    const dana = await stage.enter('dana', '다나', desktop)
    await openSettings(page, '운영')
    await page.getByText('@dana').waitFor()
    const section = page.getByRole('region', { name: '비밀번호 재설정 링크' })
    await section.getByRole('textbox', { name: '아이디' }).fill('dana')
    await section.getByRole('button', { name: '재설정 링크 만들기' }).click()
    await givePassword(page, '재설정 링크 만들기')
    const link = await section.getByRole('textbox', { name: '비밀번호 재설정 링크' }).inputValue()

    const elsewhere = await stage.arrive(phone, new URL(link).pathname)
    await setNewPassword(elsewhere.page)
    await elsewhere.page.getByText('비밀번호를 바꿨습니다. 새 비밀번호로 로그인해 주세요.').waitFor()
    await elsewhere.page.getByRole('button', { name: '로그인' }).click()
    await signInByHand(elsewhere.page, 'dana', newPassword)
    await openTab(elsewhere.page, '채팅')
    await expectSignedOut(dana.page)

    await dana.page.goto(link)
    await setNewPassword(dana.page)
    await dana.page.getByRole('alert').getByText('링크가 잘못되었거나 더 이상 쓸 수 없습니다.').waitFor()
  })

  test('a friend link leads a new person through signing up to the first talk', async () => {
    const emil = await stage.enter('emil', '에밀', desktop)
    await openTab(emil.page, '친구')
    await emil.page.getByRole('button', { name: '친구 추가' }).first().click()
    const link = await emil.page.getByRole('textbox', { name: '내 친구 링크' }).inputValue()
    await emil.page.keyboard.press('Escape')

    const fini = await stage.arrive(phone, new URL(link).pathname)
    await signUpByHand(fini.page, { handle: 'fini', name: '피니' })
    await fini.page.getByRole('heading', { name: '에밀님의 초대' }).waitFor()
    await fini.page.getByRole('button', { name: '친구 되기' }).click()
    await expectRoom(fini.page, '에밀')
    await emil.page
      .getByRole('region', { name: '친구', exact: true })
      .getByRole('button', { name: /^피니/ })
      .first()
      .waitFor()
    expect([...emil.errors, ...fini.errors]).toEqual([])
  })
})

async function toSignUp(page: Page): Promise<void> {
  await page.getByRole('button', { name: '가입하기' }).click()
  await page.getByRole('heading', { name: '함께 시작하기' }).waitFor()
}

async function setNewPassword(page: Page): Promise<void> {
  await page.getByRole('heading', { name: '비밀번호 재설정' }).waitFor()
  await page.getByRole('textbox', { name: '새 비밀번호' }).fill(newPassword)
  await page.getByRole('button', { name: '비밀번호 바꾸기' }).click()
}

/** The server ended this device: it says so, without anybody touching it. */
async function expectSignedOut(page: Page): Promise<void> {
  await page
    .getByText('이 기기에서 로그아웃되었습니다. 다시 로그인해 주세요.')
    .waitFor({ timeout: patienceMs })
}
