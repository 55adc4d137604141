import { createEnterKeyMachine, type KeyStroke } from './enter-key-machine.ts'

export interface EnterListener {
  /** For the send button: ends a running composition first, so that its last syllable goes along. */
  readonly sendNow: () => void
  readonly stop: () => void
}

/** Puts the Enter key's rules on a text field. `send` reads the field. */
export function listenForEnter(field: HTMLTextAreaElement, send: () => void): EnterListener {
  const machine = createEnterKeyMachine({
    send,
    defer: (task) => setTimeout(task, 0),
    isTouch: () => !matchMedia('(hover: hover) and (pointer: fine)').matches,
  })
  const stopping = new AbortController()
  const on = <N extends keyof HTMLElementEventMap>(name: N, act: (event: HTMLElementEventMap[N]) => void) =>
    field.addEventListener(name, act, { signal: stopping.signal })
  on('keydown', (event) => {
    if (machine.keyDown(strokeOf(event))) event.preventDefault()
  })
  on('keyup', (event) => machine.keyUp(strokeOf(event)))
  on('compositionstart', () => machine.compositionStart())
  on('compositionupdate', (event) => machine.compositionUpdate(event.data))
  on('compositionend', (event) => machine.compositionEnd(event.data))
  on('blur', () => machine.blur())
  return {
    sendNow: () => {
      const isComposing = machine.isComposing()
      machine.sendWhenComposed()
      if (!isComposing) return
      // Leaving the field makes the input method hand over what it has.
      field.blur()
      field.focus({ preventScroll: true })
    },
    stop: () => stopping.abort(),
  }
}

const strokeOf = (event: KeyboardEvent): KeyStroke => ({
  key: event.key,
  code: event.code,
  keyCode: event.keyCode,
  isComposing: event.isComposing,
  shiftKey: event.shiftKey,
  ctrlKey: event.ctrlKey,
  metaKey: event.metaKey,
  altKey: event.altKey,
})
