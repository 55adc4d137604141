import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

/** Text on the surfaces it stands on, by token. WCAG AA: 4.5:1. */
const textPairs = [
  [
    'ink',
    ['canvas', 'surface', 'surface-raised', 'surface-sunken', 'hover', 'pressed', 'selected', 'accent-soft'],
  ],
  ['muted', ['canvas', 'surface', 'surface-raised', 'surface-sunken', 'hover', 'selected']],
  ['accent', ['canvas', 'surface', 'surface-raised', 'accent-soft', 'selected']],
  ['link', ['bubble-own', 'bubble-other', 'surface', 'canvas']],
  ['danger', ['surface', 'surface-raised', 'canvas', 'danger-soft']],
  ['online', ['surface', 'surface-raised']],
  ['unread', ['canvas']],
  ['on-accent', ['accent', 'accent-hover']],
  ['on-danger', ['danger', 'danger-hover']],
  ['on-badge', ['badge']],
  ['bubble-own-ink', ['bubble-own']],
  ['bubble-other-ink', ['bubble-other']],
  ['on-inverse', ['inverse']],
  ['on-inverse-accent', ['inverse']],
  ['surface', ['muted']],
] as const

/** Edges and marks that carry meaning. WCAG AA: 3:1. */
const markPairs = [
  ['line-strong', ['surface', 'surface-raised']],
  ['focus', ['canvas', 'surface', 'surface-raised']],
  ['online', ['surface']],
  ['away', ['surface']],
] as const

describe.each(['light', 'dark'])('the %s theme', (theme) => {
  const colours = readColours(`theme-${theme}.css`)
  const contrast = (text: string, surface: string) => ratio(colours(text), colours(surface))

  test.each(textPairs.flatMap(([text, surfaces]) => surfaces.map((surface) => [text, surface] as const)))(
    '%s can be read on %s',
    (text, surface) => expect(contrast(text, surface)).toBeGreaterThanOrEqual(4.5),
  )
  test.each(markPairs.flatMap(([mark, surfaces]) => surfaces.map((surface) => [mark, surface] as const)))(
    '%s can be seen on %s',
    (mark, surface) => expect(contrast(mark, surface)).toBeGreaterThanOrEqual(3),
  )
})

function readColours(file: string): (token: string) => string {
  const css = readFileSync(join(import.meta.dirname, file), 'utf8')
  const found = new Map(
    [...css.matchAll(/--color-([\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name, hex]) => [name, hex]),
  )
  return (token) => {
    const hex = found.get(token)
    if (hex === undefined) throw new Error(`${file} has no --color-${token}`)
    return hex
  }
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function ratio(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}
