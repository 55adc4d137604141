import type { CDPSession, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { desktop, phone } from './support/browser.ts'
import { expectSent, room } from './support/room.ts'
import { openRoom } from './support/screens.ts'
import { describeOnStage } from './support/stage.ts'

/** A Korean input method as Chromium sees one: every stroke is a 229 key and what is being composed now. */
interface InputMethod {
  /** Composes syllable by syllable, as 두벌식 does; the last one stays open. */
  type(syllables: readonly (readonly string[])[]): Promise<void>
  /** Enter while composing: the method takes the key, hands over its syllable, and on some systems lets Enter through. */
  pressEnter(isLetThrough: boolean): Promise<void>
}

const annyeong = [
  ['ㅇ', '아', '안'],
  ['ㄴ', '녀', '녕'],
  ['ㅎ', '하'],
  ['ㅅ', '세'],
  ['ㅇ', '요'],
] as const

describeOnStage('Korean input', (stage) => {
  test.each([
    { system: 'the input method keeps the Enter to itself', isLetThrough: false },
    { system: 'the input method lets the Enter through', isLetThrough: true },
  ])('Enter while composing sends once, with the last syllable: $system', async ({ isLetThrough }) => {
    const ada = await stage.enter(isLetThrough ? 'ada' : 'anna', '아다', desktop)
    await openRoom(ada.page, '나와의 채팅')
    const { composer, log } = room(ada.page)
    await expect.poll(() => isFocused(ada.page)).toBe(true)
    const before = await log.getByRole('article').count()
    const method = inputMethod(await ada.context.newCDPSession(ada.page))
    for (const said of [1, 2]) {
      await method.type(annyeong)
      expect(await composer.inputValue()).toBe('안녕하세요')
      await method.pressEnter(isLetThrough)
      await expect.poll(() => room(ada.page).message('안녕하세요').count()).toBe(said)
      expect(await composer.inputValue()).toBe('')
    }
    await composer.pressSequentially('end')
    await composer.press('Enter')
    await expect.poll(() => room(ada.page).message('end').count()).toBe(1)
    expect(await log.getByRole('article').count()).toBe(before + 3)
    expect(ada.errors).toEqual([])
  })

  test('the send button takes the syllable that is being composed along', async () => {
    const bora = await stage.enter('bora', '보라', desktop)
    await openRoom(bora.page, '나와의 채팅')
    await expect.poll(() => isFocused(bora.page)).toBe(true)
    await inputMethod(await bora.context.newCDPSession(bora.page)).type(annyeong)
    await room(bora.page).sendButton.click()
    await room(bora.page).message('안녕하세요').waitFor()
    expect(await room(bora.page).composer.inputValue()).toBe('')
    expect(bora.errors).toEqual([])
  })

  test('with a keyboard Enter sends and Shift+Enter is a new line', async () => {
    const chan = await stage.enter('chan', '찬호', desktop)
    const dana = await stage.account('dana', '다나')
    const { roomId } = await dana.openDirectRoom(chan.account)
    await dana.send(roomId, 'first')
    await openRoom(chan.page, '다나')
    await expectSent(chan.page, ['first'])
    const { keyboard } = chan.page
    await expect.poll(() => isFocused(chan.page)).toBe(true)
    await keyboard.type('one')
    await keyboard.press('Shift+Enter')
    await keyboard.type('two')
    expect(await room(chan.page).composer.inputValue()).toBe('one\ntwo')
    await keyboard.press('Enter')
    await room(chan.page).message('one').waitFor()
    expect(await room(chan.page).message('one').innerText()).toContain('one\ntwo')
    expect(await room(chan.page).composer.inputValue()).toBe('')
    await keyboard.press('Enter')
    await keyboard.type('three')
    await keyboard.press('Enter')
    await room(chan.page).message('three').waitFor()
    expect(await room(chan.page).log.getByRole('article').count()).toBe(3)
  })

  test('on a touch keyboard Enter is a new line and the button sends', async () => {
    const emil = await stage.enter('emil', '에밀', phone)
    await openRoom(emil.page, '나와의 채팅')
    const { composer, sendButton, log, message } = room(emil.page)
    await expect.poll(() => log.getByRole('article').count()).toBeGreaterThan(0)
    const before = await log.getByRole('article').count()
    await composer.tap()
    await emil.page.keyboard.type('one')
    await emil.page.keyboard.press('Enter')
    await emil.page.keyboard.type('two')
    expect(await composer.inputValue()).toBe('one\ntwo')
    await inputMethod(await emil.context.newCDPSession(emil.page)).type(annyeong)
    await sendButton.tap()
    await message('one').waitFor()
    expect(await message('one').innerText()).toContain('one\ntwo안녕하세요')
    expect(await log.getByRole('article').count()).toBe(before + 1)
    expect(await composer.inputValue()).toBe('')
  })
})

const isFocused = (page: Page): Promise<boolean> =>
  room(page).composer.evaluate((field) => field === document.activeElement)

function inputMethod(cdp: CDPSession): InputMethod {
  const key = (
    type: 'rawKeyDown' | 'keyDown' | 'keyUp',
    name: string,
    code: string,
    keyCode: number,
    text?: string,
  ) =>
    cdp.send('Input.dispatchKeyEvent', {
      type,
      key: name,
      code,
      windowsVirtualKeyCode: keyCode,
      ...(text !== undefined && { text, unmodifiedText: text }),
    })
  return {
    type: async (syllables) => {
      for (const [index, states] of syllables.entries()) {
        const [done] = syllables[index - 1]?.slice(-1) ?? []
        for (const [step, state] of states.entries()) {
          await key('rawKeyDown', 'Process', 'KeyD', 229)
          // The first stroke of a syllable closes the one before.
          if (step === 0 && done !== undefined) await cdp.send('Input.insertText', { text: done })
          await cdp.send('Input.imeSetComposition', {
            text: state,
            selectionStart: state.length,
            selectionEnd: state.length,
          })
          await key('keyUp', 'Process', 'KeyD', 68)
        }
      }
    },
    pressEnter: async (isLetThrough) => {
      await key('rawKeyDown', 'Process', 'Enter', 229)
      await cdp.send('Input.insertText', { text: '요' })
      if (isLetThrough) await key('keyDown', 'Enter', 'Enter', 13, '\r')
      await key('keyUp', 'Enter', 'Enter', 13)
    },
  }
}
