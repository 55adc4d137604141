/** One thing that a browser fires while somebody types. */
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

export const task: ImeStep = { type: 'task' }
export const start: ImeStep = { type: 'compositionstart' }
export const update = (data: string): ImeStep => ({ type: 'compositionupdate', data })
export const end = (data: string): ImeStep => ({ type: 'compositionend', data })
export const input = (value: string): ImeStep => ({ type: 'input', value })
export const enterUp: ImeStep = { type: 'keyup', key: 'Enter', code: 'Enter', keyCode: 13 }
export const cleanEnter: ImeStep = { type: 'keydown', key: 'Enter', code: 'Enter', keyCode: 13 }
/** Enter as browsers report it while an input method has the keyboard. */
export const enter229: ImeStep = {
  type: 'keydown',
  key: 'Enter',
  code: 'Enter',
  keyCode: 229,
  isComposing: true,
}
export const process229: ImeStep = {
  type: 'keydown',
  key: 'Process',
  code: 'Enter',
  keyCode: 229,
  isComposing: true,
}
export const letter = (code: string, isComposing = false): ImeStep => ({
  type: 'keydown',
  key: 'Process',
  code,
  keyCode: 229,
  isComposing,
})

/** "한" typed letter by letter; `before` stands in front of it. */
export const typeHan = (before = ''): readonly ImeStep[] => [
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
export const typeKana: readonly ImeStep[] = [
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
export const typePinyin: readonly ImeStep[] = [
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
