import { describe, expect, test } from 'vitest'
import { createEnterKeyMachine, isHangulComposition, type KeyStroke } from './enter-key-machine.ts'
import { imeFixtures, type ImeFixture } from './ime-fixtures.ts'
import type { ImeStep } from './ime-steps.ts'

/** A text field that does what a browser's does: what is not prevented has its effect. */
function play({ steps, isTouch = false }: ImeFixture) {
  let value = ''
  const sent: string[] = []
  const tasks: (() => void)[] = []
  const machine = createEnterKeyMachine({
    send: () => {
      if (value.trim() === '') return
      sent.push(value)
      value = ''
    },
    defer: (run) => tasks.push(run),
    isTouch: () => isTouch,
  })
  const act = (step: ImeStep) => {
    switch (step.type) {
      case 'keydown': {
        const isPrevented = machine.keyDown(strokeOf(step))
        if (step.key === 'Enter' && step.keyCode === 13 && !isPrevented) value += '\n'
        return
      }
      case 'keyup':
        return machine.keyUp(strokeOf(step))
      case 'compositionstart':
        return machine.compositionStart()
      case 'compositionupdate':
        return machine.compositionUpdate(step.data)
      case 'compositionend':
        return machine.compositionEnd(step.data)
      case 'input':
        value = step.value
        return
      case 'task':
        for (const run of tasks.splice(0)) run()
    }
  }
  for (const step of steps) act(step)
  return { sent, value, machine }
}

const strokeOf = (step: Extract<ImeStep, { type: 'keydown' | 'keyup' }>): KeyStroke => ({
  ...step,
  isComposing: step.isComposing ?? false,
})

describe('Enter in the composer', () => {
  test.each(imeFixtures.map((fixture) => [fixture.name, fixture] as const))('%s', (_name, fixture) => {
    const { sent, value } = play(fixture)
    expect(sent).toEqual(fixture.sent)
    expect(value).toBe(fixture.left)
  })

  test('the send button waits for the syllable that is being composed', () => {
    let sends = 0
    const tasks: (() => void)[] = []
    const machine = createEnterKeyMachine({
      send: () => (sends += 1),
      defer: (run) => tasks.push(run),
      isTouch: () => true,
    })
    machine.compositionStart()
    machine.compositionUpdate('한')
    machine.sendWhenComposed()
    expect(sends).toBe(0)
    machine.compositionEnd('한')
    for (const run of tasks.splice(0)) run()
    expect(sends).toBe(1)
    machine.sendWhenComposed()
    expect(sends).toBe(2)
  })

  test('leaving the field ends a composition whose end was never told', () => {
    const machine = createEnterKeyMachine({
      send: () => undefined,
      defer: () => undefined,
      isTouch: () => false,
    })
    machine.compositionStart()
    machine.blur()
    expect(machine.isComposing()).toBe(false)
  })

  test('decides by the characters of the composition', () => {
    expect(isHangulComposition('한')).toBe(true)
    expect(isHangulComposition('ㅎ')).toBe(true)
    expect(isHangulComposition('か')).toBe(false)
    expect(isHangulComposition('韓')).toBe(false)
    expect(isHangulComposition('nihao')).toBe(false)
    expect(isHangulComposition('')).toBe(false)
  })
})
