/** A pair of colours of the generated picture: warm neighbours of the accent and calm counterparts, dark enough for white. */
export interface AvatarColours {
  readonly from: string
  readonly to: string
}

const palette: readonly AvatarColours[] = [
  { from: '#e08a4f', to: '#b8502a' },
  { from: '#d98a8a', to: '#a94f5e' },
  { from: '#c98bb0', to: '#8b4f7c' },
  { from: '#9a93cf', to: '#5f5aa0' },
  { from: '#7ea7d4', to: '#40699e' },
  { from: '#6fb3b3', to: '#35787c' },
  { from: '#83b38a', to: '#447a51' },
  { from: '#a9ab6b', to: '#6c7034' },
  { from: '#c9a35f', to: '#8d6826' },
  { from: '#b89a86', to: '#7b5c49' },
]
const fallback: AvatarColours = { from: '#b89a86', to: '#7b5c49' }

/** The colours of a person or room without a photo: the same id gives the same colours everywhere. */
export function avatarColours(id: string): AvatarColours {
  let hash = 2166136261
  for (let index = 0; index < id.length; index += 1)
    hash = Math.imul(hash ^ id.charCodeAt(index), 16777619) >>> 0
  return palette[hash % palette.length] ?? fallback
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** The first visible character of a name; for Korean names of three syllables still the first: it is what people recognise. */
export function initialOf(name: string): string {
  const first = segmenter.segment(name.trim())[Symbol.iterator]().next()
  return first.done === true ? '·' : first.value.segment.toUpperCase()
}
