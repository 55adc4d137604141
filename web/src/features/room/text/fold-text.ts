/** Longer than this and the bubble shows the beginning, with a button for the rest. */
export const foldGraphemes = 500
const foldLines = 12

const segmenter = new Intl.Segmenter()

/** The beginning of a long text, cut between graphemes; `undefined` when all of it fits. */
export function foldText(text: string): string | undefined {
  const byLines = firstLines(text)
  const byGraphemes = firstGraphemes(byLines ?? text)
  return byGraphemes ?? byLines
}

function firstLines(text: string): string | undefined {
  let at = -1
  for (let line = 0; line < foldLines; line += 1) {
    at = text.indexOf('\n', at + 1)
    if (at < 0) return undefined
  }
  return text.slice(0, at)
}

function firstGraphemes(text: string): string | undefined {
  if (text.length <= foldGraphemes) return undefined
  let count = 0
  for (const { index } of segmenter.segment(text)) {
    if (count === foldGraphemes) return text.slice(0, index)
    count += 1
  }
  return undefined
}
