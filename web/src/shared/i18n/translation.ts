import type { ko } from './ko.ts'

type Words<T> = {
  readonly [K in keyof T]: T[K] extends string ? string : Words<T[K]>
} & {
  // English needs a singular where Korean has one form.
  readonly [K in keyof T as K extends `${infer Stem}_other` ? `${Stem}_one` : never]?: string
}

/** Every language has exactly the Korean keys; singular forms (`_one`) are extra. */
export type Translation = Words<typeof ko>
