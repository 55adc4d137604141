import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { patienceMs } from './browser.ts'

/** One message as a screen reader hears it, and the number that the eye sees beside it. */
export interface SeenMessage {
  readonly name: string
  readonly text: string
  /** As told: the visible number agrees, or reading it fails. */
  readonly unread: number
  readonly state: 'sent' | 'sending' | 'failed'
}

const numbers = /^(\d+)명 안 읽음$/

/** The open room: everything by its role and its Korean label. */
export const room = (page: Page) => ({
  log: page.getByRole('log', { name: '대화 내용' }),
  composer: page.getByRole('textbox', { name: /메시지 입력$/ }),
  sendButton: page.getByRole('button', { name: '보내기', exact: true }),
  /** A line that is no message: a notice, a day. */
  line: (text: string | RegExp) => page.getByRole('log', { name: '대화 내용' }).getByText(text),
  message: (text: string) => messages(page).filter({ hasText: text }),
  divider: page.getByText('여기까지 읽었습니다', { exact: true }),
})

const messages = (page: Page): Locator => page.getByRole('log', { name: '대화 내용' }).getByRole('article')

/** Writes one message with the send button, which is there with every keyboard. */
export async function say(page: Page, text: string): Promise<void> {
  const { composer, sendButton } = room(page)
  await composer.fill(text)
  await sendButton.click()
}

/** Every message that is loaded, oldest first. Texts of tests have no comma. */
export async function seenMessages(page: Page): Promise<readonly SeenMessage[]> {
  const rows = await messages(page).evaluateAll((articles) =>
    articles.map((article) => ({
      label: article.getAttribute('aria-label') ?? '',
      // Hidden from screen readers, for whom it stands in the label.
      number:
        [...article.querySelectorAll('[aria-hidden="true"] *')]
          .map((one) => one.textContent)
          .find((shown) => /^\d+$/.test(shown)) ?? '0',
    })),
  )
  return rows.map(({ label, number }) => {
    const [name = '', text = '', , ...rest] = label.split(', ')
    const unread = Number(rest.map((part) => numbers.exec(part)?.[1]).find(Boolean) ?? 0)
    if (Number(number) !== unread) throw new Error(`shown ${number}, told ${unread}: ${label}`)
    const state = rest.includes('전송하지 못했습니다')
      ? 'failed'
      : rest.includes('보내는 중')
        ? 'sending'
        : 'sent'
    return { name, text, unread, state }
  })
}

/** `[text, unread number]` of every message. */
export async function unreadNumbers(page: Page): Promise<readonly (readonly [string, number])[]> {
  return (await seenMessages(page)).map(({ text, unread }) => [text, unread] as const)
}

export async function seenTexts(page: Page): Promise<readonly string[]> {
  return (await seenMessages(page)).map(({ text }) => text)
}

/** Waits until the room shows exactly these texts in this order, all of them sent. */
export async function expectSent(page: Page, texts: readonly string[], timeout = patienceMs): Promise<void> {
  const shown = async () => (await seenMessages(page)).map(({ text, state }) => `${text} ${state}`)
  await expect.poll(shown, { timeout }).toEqual(texts.map((text) => `${text} sent`))
}

export async function expectUnread(page: Page, text: string, count: number): Promise<void> {
  const find = async () => (await seenMessages(page)).find((message) => message.text === text)?.unread
  await expect.poll(find, { timeout: patienceMs, message: `unread number of ${text}` }).toBe(count)
}

/** The drawer of the room: pushed in on a desktop, over the room on a phone. */
export async function openDrawer(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: '채팅방 정보', exact: true }).click()
  const drawer = page
    .getByRole('complementary', { name: '채팅방 정보' })
    .or(page.getByRole('dialog', { name: '채팅방 정보' }))
  await drawer.waitFor()
  return drawer
}
