/** A value that must not reach a log, a document or an error: only `reveal` gives it. */
export interface Secret {
  reveal(): string
  toJSON(): string
  toString(): string
}

export function createSecret(value: string): Secret {
  const shown = '[secret]'
  return { reveal: () => value, toJSON: () => shown, toString: () => shown }
}
