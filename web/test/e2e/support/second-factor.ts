import { createTotpApp, type TotpApp } from '@our-now/testkit/totp-app.ts'
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { password } from './account.ts'
import { openSettings } from './screens.ts'

export const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
export const signedIn = (page: Page) => page.getByRole('navigation', { name: '주요 메뉴' }).waitFor()

/** Types the password where it is asked before something that guards the account. */
export async function givePassword(page: Page, confirmLabel: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: '비밀번호' }).fill(password)
  await dialog.getByRole('button', { name: confirmLabel, exact: true }).click()
}

/** Sets an authenticator app up by hand. @returns the app, with its first code used, and the recovery codes */
export async function turnOnSecondFactor(page: Page): Promise<{ app: TotpApp; codes: readonly string[] }> {
  await openSettings(page, '2단계 인증')
  await button(page, '2단계 인증 켜기').click()
  await givePassword(page, '다음')
  await page.getByRole('img', { name: '인증 앱에 등록할 QR 코드' }).waitFor()
  await page.getByText('스캔할 수 없어요').click()
  const key = await page.getByRole('status', { name: '앱에 입력할 키' }).innerText()
  const app = createTotpApp(key.replaceAll(' ', ''))
  await page.getByRole('textbox', { name: '인증 앱 코드' }).fill('000000')
  await button(page, '2단계 인증 켜기').click()
  await page.getByText('코드가 맞지 않거나', { exact: false }).waitFor()
  await page.getByRole('textbox', { name: '인증 앱 코드' }).fill(app.code(-1))
  await button(page, '2단계 인증 켜기').click()
  const kept = page.getByRole('region', { name: '복구 코드를 보관해 주세요' })
  await kept.waitFor()
  const codes = await kept.getByRole('listitem').allInnerTexts()
  expect(codes).toHaveLength(10)
  expect(await button(page, '완료').isDisabled()).toBe(true)
  const saved = page.waitForEvent('download')
  await button(page, '저장').click()
  expect((await readFile(await (await saved).path(), 'utf8')).trim().split('\n')).toEqual(codes)
  await page.getByRole('checkbox', { name: '보관했습니다' }).check()
  await button(page, '완료').click()
  await page.getByText('10개 남았습니다.').waitFor()
  return { app, codes }
}
