/**
 * What browsers and input methods fire for "type something, press Enter", in order. `value` is what the field holds
 * after the step; `task` is the end of a browser task, where deferred work runs. The Chromium sequence on Linux was
 * recorded here; the others follow the UI Events specification and what projects have reported for these systems
 * (Safari's 229 after `compositionend`, macOS's plain Enter before it, the second clean Enter, Firefox's `Process`).
 */
export type ImeStep =
  | ({ readonly type: 'keydown' | 'keyup'; readonly key: string; readonly keyCode: number } & Modifiers)
  | { readonly type: 'compositionstart' }
  | { readonly type: 'compositionupdate' | 'compositionend'; readonly data: string }
  | { readonly type: 'input'; readonly value: string }
  | { readonly type: 'task' }

interface Modifiers {
  readonly code?: string
  readonly isComposing?: boolean
  readonly shiftKey?: boolean
  readonly ctrlKey?: boolean
}

export interface ImeFixture {
  readonly name: string
  readonly isTouch?: boolean
  readonly steps: readonly ImeStep[]
  /** What was sent, in order. */
  readonly sent: readonly string[]
  /** What is left in the field. */
  readonly left: string
}

const task: ImeStep = { type: 'task' }
const start: ImeStep = { type: 'compositionstart' }
const update = (data: string): ImeStep => ({ type: 'compositionupdate', data })
const end = (data: string): ImeStep => ({ type: 'compositionend', data })
const input = (value: string): ImeStep => ({ type: 'input', value })
const enterUp: ImeStep = { type: 'keyup', key: 'Enter', code: 'Enter', keyCode: 13 }
const cleanEnter: ImeStep = { type: 'keydown', key: 'Enter', code: 'Enter', keyCode: 13 }
/** Enter as browsers report it while an input method has the keyboard. */
const enter229: ImeStep = { type: 'keydown', key: 'Enter', code: 'Enter', keyCode: 229, isComposing: true }
const process229: ImeStep = {
  type: 'keydown',
  key: 'Process',
  code: 'Enter',
  keyCode: 229,
  isComposing: true,
}
const letter = (code: string, isComposing = false): ImeStep => ({
  type: 'keydown',
  key: 'Process',
  code,
  keyCode: 229,
  isComposing,
})

/** "한" typed letter by letter; `before` stands in front of it. */
const typeHan = (before = ''): readonly ImeStep[] => [
  letter('KeyG'),
  start,
  update('ㅎ'),
  input(`${before}ㅎ`),
  task,
  letter('KeyK', true),
  update('하'),
  input(`${before}하`),
  task,
  letter('KeyS', true),
  update('한'),
  input(`${before}한`),
  task,
]
const typeKana: readonly ImeStep[] = [
  letter('KeyK'),
  start,
  update('k'),
  input('k'),
  task,
  letter('KeyA', true),
  update('か'),
  input('か'),
  task,
]
const typePinyin: readonly ImeStep[] = [
  letter('KeyN'),
  start,
  update('ni'),
  input('ni'),
  task,
  letter('Space', true),
  update('你'),
  input('你'),
  task,
]

export const imeFixtures: readonly ImeFixture[] = [
  {
    name: 'Korean, Chrome and Edge on Windows: 229, end, then a clean Enter of the same press',
    steps: [...typeHan(), process229, end('한'), cleanEnter, task, enterUp, task],
    sent: ['한'],
    left: '',
  },
  {
    name: 'Korean, Chrome and Edge on Windows: the clean Enter comes in a task of its own',
    steps: [...typeHan(), process229, end('한'), task, cleanEnter, task, enterUp, task],
    sent: ['한'],
    left: '',
  },
  {
    name: 'Korean, Chrome on macOS: 229 while composing, end, then a clean Enter',
    steps: [
      ...typeHan('안녕 '),
      enter229,
      update('한'),
      input('안녕 한'),
      end('한'),
      cleanEnter,
      task,
      enterUp,
    ],
    sent: ['안녕 한'],
    left: '',
  },
  {
    name: 'Korean, Chrome on macOS: 229 while composing and no second Enter',
    steps: [...typeHan(), enter229, end('한'), task, enterUp, task],
    sent: ['한'],
    left: '',
  },
  {
    name: 'Korean, Electron and WebKit shells on macOS: a plain Enter before compositionend',
    steps: [...typeHan(), cleanEnter, end('한'), input('한'), task, enterUp, task],
    sent: ['한'],
    left: '',
  },
  {
    name: 'Korean, Safari on macOS: compositionend first, then 229 that says it is not composing',
    steps: [
      ...typeHan(),
      input('한'),
      end('한'),
      { type: 'keydown', key: 'Enter', code: 'Enter', keyCode: 229, isComposing: false },
      task,
      enterUp,
      task,
    ],
    sent: ['한'],
    left: '',
  },
  {
    name: 'Korean, Safari on macOS without composition events: the syllable is replaced in place',
    steps: [
      { type: 'keydown', key: 'ㅎ', code: 'KeyG', keyCode: 71 },
      input('ㅎ'),
      task,
      { type: 'keydown', key: 'ㅏ', code: 'KeyK', keyCode: 75 },
      input('하'),
      task,
      cleanEnter,
      task,
      enterUp,
    ],
    sent: ['하'],
    left: '',
  },
  {
    name: 'Korean, Firefox on Windows: Process while composing, end, a clean Enter',
    steps: [...typeHan(), process229, input('한'), end('한'), cleanEnter, task, enterUp, task],
    sent: ['한'],
    left: '',
  },
  {
    name: 'Korean, Firefox on macOS: 229, end, input after the end',
    steps: [...typeHan(), enter229, end('한'), input('한'), task, enterUp, task],
    sent: ['한'],
    left: '',
  },
  {
    name: 'Korean, Chromium on Linux: 229, the text is committed, end, then the clean Enter',
    steps: [
      ...typeHan(),
      { type: 'keydown', key: 'Process', code: 'Enter', keyCode: 229, isComposing: true },
      update('한'),
      input('한'),
      end('한'),
      task,
      cleanEnter,
      task,
      enterUp,
      task,
    ],
    sent: ['한'],
    left: '',
  },
  {
    name: 'Korean, a fast typist: the next syllable begins before the waiting send has run',
    steps: [...typeHan(), enter229, end('한'), letter('KeyR'), start, update('ㄱ'), input('ㄱ'), task],
    sent: ['한'],
    left: 'ㄱ',
  },
  {
    name: 'Korean, two messages in a row',
    steps: [
      ...typeHan(),
      process229,
      end('한'),
      cleanEnter,
      task,
      enterUp,
      ...typeHan(),
      process229,
      end('한'),
      cleanEnter,
      task,
      enterUp,
    ],
    sent: ['한', '한'],
    left: '',
  },
  {
    name: 'Korean, Enter held down sends once',
    steps: [
      ...typeHan(),
      process229,
      end('한'),
      cleanEnter,
      task,
      cleanEnter,
      task,
      cleanEnter,
      task,
      enterUp,
    ],
    sent: ['한'],
    left: '',
  },
  {
    name: 'Korean with Shift+Enter: a new line, nothing is sent',
    steps: [
      ...typeHan(),
      { type: 'keydown', key: 'Process', code: 'Enter', keyCode: 229, isComposing: true, shiftKey: true },
      end('한'),
      { type: 'keydown', key: 'Enter', code: 'Enter', keyCode: 13, shiftKey: true },
      task,
      enterUp,
      task,
    ],
    sent: [],
    left: '한\n',
  },
  {
    name: 'Korean, Gboard and Samsung Keyboard on Android: Enter is a new line',
    isTouch: true,
    steps: [
      { type: 'keydown', key: 'Unidentified', keyCode: 229 },
      start,
      update('한'),
      input('한'),
      task,
      { type: 'keydown', key: 'Enter', code: '', keyCode: 229, isComposing: true },
      end('한'),
      input('한\n'),
      task,
      { type: 'keyup', key: 'Enter', keyCode: 229 },
      task,
    ],
    sent: [],
    left: '한\n',
  },
  {
    name: 'Korean, iOS keyboard: a clean Enter is a new line',
    isTouch: true,
    steps: [
      { type: 'keydown', key: 'ㅎ', keyCode: 0 },
      input('한'),
      task,
      { type: 'keydown', key: 'Enter', code: 'Enter', keyCode: 13 },
      task,
      enterUp,
    ],
    sent: [],
    left: '한\n',
  },
  {
    name: 'a tablet with a keyboard: Ctrl+Enter sends',
    isTouch: true,
    steps: [
      input('hello'),
      { type: 'keydown', key: 'Enter', code: 'Enter', keyCode: 13, ctrlKey: true },
      task,
      enterUp,
    ],
    sent: ['hello'],
    left: '',
  },
  {
    name: 'Japanese, Chrome: Enter confirms, the next Enter sends',
    steps: [...typeKana, process229, input('か'), end('か'), task, enterUp, cleanEnter, task, enterUp],
    sent: ['か'],
    left: '',
  },
  {
    name: 'Japanese, Chrome: Enter confirms and nothing is sent',
    steps: [...typeKana, process229, end('か'), task, enterUp, task],
    sent: [],
    left: 'か',
  },
  {
    name: 'Japanese, Safari: 229 after compositionend only confirms',
    steps: [
      ...typeKana,
      end('か'),
      { type: 'keydown', key: 'Enter', code: 'Enter', keyCode: 229, isComposing: false },
      task,
      enterUp,
      task,
    ],
    sent: [],
    left: 'か',
  },
  {
    name: 'Chinese, Firefox: Enter confirms the characters',
    steps: [...typePinyin, process229, end('你'), task, enterUp, task],
    sent: [],
    left: '你',
  },
  {
    name: 'Chinese, Chrome: Enter puts the raw letters in, nothing is sent',
    steps: [
      letter('KeyN'),
      start,
      update('nihao'),
      input('nihao'),
      task,
      process229,
      end('nihao'),
      task,
      enterUp,
      task,
    ],
    sent: [],
    left: 'nihao',
  },
  {
    name: 'plain Latin text',
    steps: [input('hello'), cleanEnter, task, enterUp],
    sent: ['hello'],
    left: '',
  },
  {
    name: 'Hanja chosen from a candidate list: Enter confirms',
    steps: [...typeHan(), update('韓'), input('韓'), process229, end('韓'), task, enterUp, task],
    sent: [],
    left: '韓',
  },
]
