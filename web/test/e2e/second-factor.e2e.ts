import { expect, test } from 'vitest'
import { password } from './support/account.ts'
import { desktop, phone } from './support/browser.ts'
import { openSettings, roomRow, signInByHand, toast } from './support/screens.ts'
import { button, givePassword, signedIn, turnOnSecondFactor } from './support/second-factor.ts'
import { describeOnStage } from './support/stage.ts'

describeOnStage('a second step of signing in', (stage) => {
  test('an app, recovery codes, the list of devices, and off again', async () => {
    const { page, account, errors } = await stage.enter('ada', '아다', phone)
    const { app, codes } = await turnOnSecondFactor(page)

    const other = await stage.arrive(desktop)
    await signInByHand(other.page, account.handle)
    await other.page.getByRole('heading', { name: '한 단계만 더' }).waitFor()
    const field = other.page.getByRole('textbox', { name: '인증 앱 코드' })
    await field.fill('123456')
    await button(other.page, '로그인').click()
    await other.page.getByText('코드가 맞지 않거나', { exact: false }).waitFor()
    await field.fill(app.code())
    await button(other.page, '로그인').click()
    await signedIn(other.page)
    await openSettings(other.page, '로그인된 기기')
    await other.page.getByText('· 인증 앱', { exact: false }).waitFor()

    const third = await stage.arrive(phone)
    await signInByHand(third.page, account.handle)
    await button(third.page, '복구 코드 입력하기').click()
    await third.page.getByRole('textbox', { name: '복구 코드' }).fill(codes[0]?.toLowerCase() ?? '')
    await button(third.page, '로그인').click()
    await signedIn(third.page)

    await page.reload()
    await page.getByText('9개 남았습니다.').waitFor()
    await button(page, '끄기').click()
    await givePassword(page, '끄기')
    await button(page, '2단계 인증 켜기').waitFor()
    const last = await stage.arrive(phone)
    await signInByHand(last.page, account.handle)
    await signedIn(last.page)
    // The browser itself tells of each wrong code.
    expect(errors.filter((line) => !line.includes('401'))).toEqual([])
  })

  test('three wrong codes lead back to the password, with the reason', async () => {
    const { page, account } = await stage.enter('bora', '보라', desktop)
    const { app } = await turnOnSecondFactor(page)
    const other = await stage.arrive(phone)
    await signInByHand(other.page, account.handle)
    const field = other.page.getByRole('textbox', { name: '인증 앱 코드' })
    for (const code of ['111111', '222222', '333333']) {
      await field.fill(code)
      await button(other.page, '로그인').click()
      await expect.poll(() => button(other.page, '로그인').isEnabled()).toBe(true)
    }
    await other.page.getByText('비밀번호부터 다시 입력해 주세요.', { exact: false }).waitFor()
    await signInByHand(other.page, account.handle)
    await field.fill(app.code())
    await button(other.page, '로그인').click()
    await signedIn(other.page)
  })

  test('the operator turns it off for somebody who lost everything', async () => {
    const chan = await stage.enter('chan', '찬호', phone)
    await turnOnSecondFactor(chan.page)
    // The first account of the house.
    const operator = await stage.arrive(desktop)
    await signInByHand(operator.page, 'ada')
    await signedIn(operator.page)
    await openSettings(operator.page, '운영')
    const section = operator.page.getByRole('region', { name: '2단계 인증 꺼 주기' })
    await section.getByRole('textbox', { name: '아이디' }).fill('chan')
    await section.getByRole('button', { name: '2단계 인증 끄기' }).click()
    await givePassword(operator.page, '2단계 인증 끄기')
    await toast(operator.page, 'chan님의 2단계 인증을 껐습니다.').waitFor()
    const other = await stage.arrive(phone)
    await signInByHand(other.page, 'chan')
    await signedIn(other.page)
  })
})

describeOnStage('a locked screen', (stage) => {
  test('shows nothing, also after a reload, until the password is there; everything is where it was', async () => {
    const { page, account, errors } = await stage.enter('ada', '아다', phone)
    const bora = await stage.account('bora', '보라')
    const { roomId } = await bora.createGroup([account], '비밀 모임')
    await roomRow(page, '비밀 모임').waitFor()
    await openSettings(page, '화면 잠금')
    await button(page, '지금 잠그기').click()
    await page.getByRole('textbox', { name: '비밀번호' }).waitFor()
    await bora.send(roomId, '잠긴 동안 온 말')
    await page.reload()
    await page.getByRole('textbox', { name: '비밀번호' }).fill('wrong password')
    await button(page, '잠금 해제').click()
    await page.getByRole('alert').waitFor()
    expect(await page.getByText('비밀 모임').count()).toBe(0)
    await page.getByRole('textbox', { name: '비밀번호' }).fill(password)
    await button(page, '잠금 해제').click()
    await button(page, '지금 잠그기').waitFor()
    await page.goto(`${stage.url}/chats`)
    await roomRow(page, '비밀 모임').waitFor()
    expect(errors.filter((line) => !line.includes('401'))).toEqual([])
  })

  test('comes by itself where nobody uses the device, in every window of it', async () => {
    const { page, context } = await stage.enter('chan', '찬호', desktop)
    await openSettings(page, '화면 잠금')
    await page.getByText('1분', { exact: true }).click()
    const second = await context.newPage()
    await second.goto(stage.url)
    await signedIn(second)
    // Nobody has touched it for a minute: what was noted last is made older.
    await page.evaluate(() => localStorage.setItem('our-now.used-at', String(Date.now() - 61_000)))
    await page.getByRole('textbox', { name: '비밀번호' }).waitFor()
    await second.getByRole('textbox', { name: '비밀번호' }).fill(password)
    await button(second, '잠금 해제').click()
    await signedIn(second)
    await signedIn(page)
  })
})
