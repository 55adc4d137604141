import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { password } from './account.ts'
import { patienceMs } from './browser.ts'
import { room } from './room.ts'

/** The first screen, filled in by hand. */
export async function signUpByHand(
  page: Page,
  { handle, name }: { readonly handle: string; readonly name: string },
): Promise<void> {
  const form = page.getByRole('heading', { name: '함께 시작하기' })
  const signIn = page.getByRole('heading', { name: '다시 만나 반갑습니다' })
  await form.or(signIn).waitFor()
  if (await signIn.isVisible()) await page.getByRole('button', { name: '가입하기' }).click()
  await page.getByRole('textbox', { name: '이름' }).fill(name)
  await page.getByRole('textbox', { name: '아이디' }).fill(handle)
  await page.getByRole('textbox', { name: '비밀번호' }).fill(password)
  await page.getByRole('button', { name: '가입하기' }).click()
}

/** Leaves the welcome of a new account. */
export async function passWelcome(page: Page, name: string): Promise<void> {
  await page.getByRole('heading', { name: `${name}님, 반갑습니다` }).waitFor()
  await page.getByRole('button', { name: '시작하기' }).click()
}

export async function signInByHand(page: Page, handle: string, typed = password): Promise<void> {
  await page.getByRole('heading', { name: '다시 만나 반갑습니다' }).waitFor()
  await page.getByRole('textbox', { name: '아이디' }).fill(handle)
  await page.getByRole('textbox', { name: '비밀번호' }).fill(typed)
  await page.getByRole('button', { name: '로그인', exact: true }).click()
}

export async function openTab(page: Page, name: '친구' | '채팅' | '더보기'): Promise<void> {
  await page.getByRole('navigation', { name: '주요 메뉴' }).getByRole('link', { name }).click()
  await page.getByRole('heading', { name, level: 1 }).waitFor()
}

/** A page below 더보기. */
export async function openSettings(page: Page, name: string): Promise<void> {
  await openTab(page, '더보기')
  await page.getByRole('button', { name, exact: true }).click()
  await page.getByRole('region', { name, exact: true }).waitFor()
}

/** A room in the list of chats. */
export const roomRow = (page: Page, title: string): Locator =>
  page
    .getByRole('region', { name: '채팅', exact: true })
    .getByRole('button')
    .filter({ has: page.getByText(title, { exact: true }) })

/** The number on a room of the list; 0 without one. */
export async function badgeOf(page: Page, title: string): Promise<number> {
  const badge = roomRow(page, title).getByRole('img', { name: /^읽지 않은 메시지/ })
  // One look: a badge that went away between two would be waited for.
  const [number = '0'] = await badge.allInnerTexts()
  return Number(number)
}

export async function expectBadge(page: Page, title: string, count: number): Promise<void> {
  await expect
    .poll(() => badgeOf(page, title), { timeout: patienceMs, message: `badge of ${title}` })
    .toBe(count)
}

export async function openRoom(page: Page, title: string): Promise<void> {
  await roomRow(page, title).click()
  await expectRoom(page, title)
}

export async function expectRoom(page: Page, title: string): Promise<void> {
  await page.getByRole('heading', { name: title, level: 1, exact: true }).waitFor()
  await room(page).composer.waitFor()
}

/** What was told at the bottom of the screen. */
export const toast = (page: Page, text: string): Locator => page.getByText(text, { exact: true })

/** Adds a friend by id and opens the 1:1 room. */
export async function findFriend(page: Page, handle: string, name: string): Promise<void> {
  await openTab(page, '친구')
  await page.getByRole('button', { name: '친구 추가' }).first().click()
  const dialog = page.getByRole('dialog', { name: '친구 추가' })
  await dialog.getByRole('tab', { name: '아이디로' }).click()
  await dialog.getByRole('textbox', { name: '친구의 아이디' }).fill(handle)
  await dialog.getByRole('button', { name: '찾기' }).click()
  await dialog.getByText(name, { exact: true }).waitFor()
  await dialog.getByRole('button', { name: '친구 추가' }).click()
  await dialog.getByRole('button', { name: '1:1 채팅' }).click()
  await expectRoom(page, name)
}

/** What can be done with a room of the list: by right click, on a phone by a long press. */
export async function openRowMenu(page: Page, title: string): Promise<void> {
  await roomRow(page, title).click({ button: 'right' })
  await page.getByRole('menu').waitFor()
}

/** The profile of the other person of the open 1:1 room. */
export async function openProfileOfRoom(page: Page, name: string): Promise<void> {
  await page.getByRole('heading', { name, level: 1, exact: true }).click()
  await page.getByRole('dialog', { name }).waitFor()
}
