/** What is needed of a keydown or keyup. `code` tells a physical Enter also where `key` is `Process`. */
export interface KeyStroke {
  readonly key: string
  readonly code?: string
  readonly keyCode: number
  readonly isComposing: boolean
  readonly shiftKey?: boolean
  readonly ctrlKey?: boolean
  readonly metaKey?: boolean
  readonly altKey?: boolean
}

export interface EnterKeyDeps {
  /** Sends what the text field holds now. Called at most once per press of Enter. */
  readonly send: () => void
  /** Runs `task` in a macrotask of its own: after everything that the browser still does for this key. */
  readonly defer: (task: () => void) => void
  /** A touch keyboard: Enter is a new line, the button sends. */
  readonly isTouch: () => boolean
}

export interface EnterKeyMachine {
  /** Answers whether the browser's own effect of the key must be prevented. */
  keyDown(stroke: KeyStroke): boolean
  keyUp(stroke: KeyStroke): void
  compositionStart(): void
  compositionUpdate(data: string): void
  compositionEnd(data: string): void
  /** Sends when the running composition has ended, or at once when there is none (for the send button). */
  sendWhenComposed(): void
  blur(): void
  readonly isComposing: () => boolean
}

/** `idle`: no Enter is down. Otherwise what the press that is still down was taken for. */
type Press = 'idle' | 'send' | 'confirm'

const hangul = /[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff]/
const kanaOrHan = /[\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff]/

/** Korean composes the syllable one is typing: Enter there means "done", not "choose this candidate". */
export const isHangulComposition = (data: string): boolean => hangul.test(data) && !kanaOrHan.test(data)

/**
 * Decides what Enter does in a text field that an input method may be writing into. Browsers disagree about the order:
 * Enter may come while composing (keyCode 229), as a plain Enter before `compositionend` (macOS), as a 229 after it
 * (Safari), and once more as a clean Enter afterwards. The rules, whatever the order:
 *
 * - one press of Enter (keydown to keyup) does one thing;
 * - Hangul: it sends, when the composition has ended and the last syllable is in the field;
 * - Chinese and Japanese: it confirms, and the next press sends;
 * - with Shift, or on a touch keyboard, it is the browser's new line. Ctrl or Cmd with Enter sends everywhere.
 */
export function createEnterKeyMachine({ send, defer, isTouch }: EnterKeyDeps): EnterKeyMachine {
  let isComposing = false
  let composed = ''
  let press: Press = 'idle'
  let isSendAwaited = false
  let isSendDeferred = false
  /** The composition that ended and no key came since: Safari's 229 belongs to it. */
  let justEnded: string | undefined

  function sendSoon(): void {
    if (isSendDeferred) return
    isSendDeferred = true
    defer(sendNow)
  }

  function sendNow(): void {
    if (!isSendDeferred) return
    isSendDeferred = false
    send()
  }

  function takeFor(taken: 'send' | 'confirm'): void {
    press = taken
    if (taken === 'confirm') return
    if (isComposing) isSendAwaited = true
    else sendSoon()
  }

  function enterDown(stroke: KeyStroke): boolean {
    const isClean = !stroke.isComposing && stroke.keyCode !== 229
    const isNewLine = stroke.shiftKey === true || stroke.altKey === true
    const isForced = stroke.ctrlKey === true || stroke.metaKey === true
    if (isNewLine || (isTouch() && !isForced)) return false
    // The same press again: the browser's second Enter, or the key held down.
    if (press !== 'idle') return isClean
    const data = isComposing ? composed : isClean ? undefined : justEnded
    if (data !== undefined) takeFor(isHangulComposition(data) ? 'send' : 'confirm')
    else if (isClean) {
      press = 'send'
      send()
    }
    return isClean
  }

  return {
    keyDown(stroke) {
      if (isEnter(stroke)) {
        const isPrevented = enterDown(stroke)
        justEnded = undefined
        return isPrevented
      }
      // The next syllable is about to begin: what waits goes out without it.
      sendNow()
      press = 'idle'
      justEnded = undefined
      return false
    },
    keyUp(stroke) {
      if (isEnter(stroke)) press = 'idle'
    },
    compositionStart() {
      sendNow()
      isComposing = true
      composed = ''
      justEnded = undefined
    },
    compositionUpdate(data) {
      if (data !== '') composed = data
    },
    compositionEnd(data) {
      if (data !== '') composed = data
      isComposing = false
      justEnded = composed
      if (!isSendAwaited) return
      isSendAwaited = false
      sendSoon()
    },
    sendWhenComposed() {
      if (isComposing) isSendAwaited = true
      else send()
    },
    blur() {
      isComposing = false
      justEnded = undefined
      press = 'idle'
      if (!isSendAwaited) return
      isSendAwaited = false
      sendSoon()
    },
    isComposing: () => isComposing,
  }
}

const isEnter = ({ key, code }: KeyStroke): boolean =>
  key === 'Enter' || code === 'Enter' || code === 'NumpadEnter'
