const handlePattern = /^[a-z0-9][a-z0-9._-]{1,18}[a-z0-9]$/
const maxNameGraphemes = 40
const minPasswordLength = 8
const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

export interface SignUpFields {
  readonly handle: string
  readonly password: string
  readonly displayName: string
}

export type SignUpProblems = Partial<Record<keyof SignUpFields, 'missing' | 'invalid' | 'short' | 'long'>>

/** What is typed as id is folded to lower case, as the server does. */
export function toHandle(typed: string): string {
  return typed.trim().toLowerCase()
}

/** What the person can mend before the server is asked; the server decides all the same. */
export function checkSignUp({ handle, password, displayName }: SignUpFields): SignUpProblems {
  const problems: SignUpProblems = {}
  const folded = toHandle(handle)
  if (folded === '') problems.handle = 'missing'
  else if (!handlePattern.test(folded)) problems.handle = 'invalid'
  if (password.length < minPasswordLength) problems.password = 'short'
  const name = displayName.trim()
  if (name === '') problems.displayName = 'missing'
  else if ([...segmenter.segment(name)].length > maxNameGraphemes) problems.displayName = 'long'
  return problems
}
