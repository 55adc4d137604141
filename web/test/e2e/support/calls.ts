import { findMediaWorker } from '@our-now/testkit/media-worker.ts'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { patienceMs, type PersonOptions } from './browser.ts'
import { expectMoving, screen } from './moving-pictures.ts'
import { notePeerConnections } from './paths.ts'
import { openRoom } from './screens.ts'
import type { Person, Stage } from './stage.ts'

const hasWorker = findMediaWorker() !== undefined
if (!hasWorker) console.warn('left out: calls in the browser: no media worker on this machine')

/** A test that needs the media worker. */
export const callTest = test.skipIf(!hasWorker)

/** Whose tiles are there, with or without a picture. */
export const tileNames = async (page: Page): Promise<readonly string[]> => {
  const names = await screen(page).locator('figure figcaption bdi').allInnerTexts()
  return names.toSorted()
}

export async function expectTiles(page: Page, names: readonly string[]): Promise<void> {
  await expect.poll(() => tileNames(page), { timeout: patienceMs }).toEqual(names.toSorted())
}

/** From the room through the preview into a call of one's own. */
export async function startCall(page: Page, kind: '영상 통화' | '음성 통화' = '영상 통화'): Promise<void> {
  await page.getByRole('button', { name: kind, exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: '통화 시작' }).click()
}

/** From the room through the preview into the call that runs. */
export async function joinRunning(page: Page): Promise<void> {
  await page.getByRole('button', { name: /참여$/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: '참여하기' }).click()
}

export const answer = (page: Page): Promise<void> =>
  page.getByRole('alertdialog').getByRole('button', { name: '받기' }).click()

export const leave = (page: Page): Promise<void> => page.getByRole('button', { name: '통화 끝내기' }).click()

/** Two people who see each other move. `query` belongs to the address of both: `?call-path=tcp`. */
export async function twoInCall(
  stage: Stage,
  [one, other]: readonly [name: string, name: string],
  options: PersonOptions,
  query = '',
): Promise<readonly [Person, Person]> {
  const id = `${Date.now().toString(36)}${Math.floor(Math.random() * 1e6).toString(36)}`
  const first = await stage.enter(`a${id}`, one, options)
  const second = await stage.enter(`b${id}`, other, options)
  await first.account.addFriend(second.account)
  const { roomId } = await first.account.openDirectRoom(second.account)
  await first.account.send(roomId, '들려?')
  if (query !== '')
    for (const { page } of [first, second]) {
      await notePeerConnections(page)
      await page.goto(`${stage.url}/chats${query}`)
    }
  await openRoom(first.page, other)
  // Opening a room changes the address; the call reads it at the start.
  if (query !== '') await first.page.goto(`${stage.url}/chats/${roomId}${query}`)
  await startCall(first.page)
  await answer(second.page)
  await expectMoving(first.page, [other, '나'])
  await expectMoving(second.page, [one, '나'])
  return [first, second]
}

/** Every state that the call of a page has been in since. */
export async function noteStates(page: Page): Promise<() => Promise<readonly string[]>> {
  const handle = await screen(page).evaluateHandle((section) => {
    const states = new Set([section.getAttribute('data-status') ?? ''])
    new MutationObserver(() => states.add(section.getAttribute('data-status') ?? '')).observe(section, {
      attributeFilter: ['data-status'],
    })
    return states
  })
  return () => handle.evaluate((states) => [...states])
}

/** Waits until a call was in this state, however briefly: looking now and then would miss what is over at once. */
export async function expectState(
  states: Awaited<ReturnType<typeof noteStates>>,
  state: string,
  timeout = patienceMs,
): Promise<void> {
  await expect.poll(states, { timeout }).toContain(state)
}

/** For people to look at: CALL_PICTURES names a folder. */
export async function takePicture(page: Page, name: string): Promise<void> {
  const folder = process.env['CALL_PICTURES']
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png` })
}
