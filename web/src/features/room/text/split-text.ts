import { LinkifyIt } from 'linkify-it'

export type TextPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string }

/** Nothing else is ever made clickable. */
const allowed = /^(?:https?:\/\/|mailto:)/i
/** A cheap look before the real one: most messages hold no link. */
const mayHoldLink = /:\/\/|@|www\.|[a-z0-9-]\.[a-z]{2,}/i
/** "example.com에서": a syllable right behind a Latin ending is a particle, not a part of the name. */
const particleBehindName = /(?<=[a-z0-9]\.[a-z]{2,24})[가-힣]/gi
/** The same at the end of a path: "/notes를". */
const particleBehindPath =
  /(?<=\w)(?:에서|에게|으로|까지|부터|에|을|를|은|는|이|가|로|와|과|도|의|요|입니다|이에요|예요)$/

let linkify: LinkifyIt | undefined

/** Built at the first message that may hold a link: its tables cost a few milliseconds. */
function finder(): LinkifyIt {
  linkify ??= new LinkifyIt({ fuzzyLink: true, fuzzyEmail: true }).add('ftp:', null).add('//', null)
  return linkify
}

/** Text and links, in order; joined together the parts are the text again. */
export function splitText(text: string): readonly TextPart[] {
  if (!mayHoldLink.test(text)) return [{ kind: 'text', text }]
  const parts: TextPart[] = []
  let from = 0
  // Of the same length, so that what is found in it stands at the same place in the text.
  const scanned = text.replaceAll(particleBehindName, ' ')
  for (const match of finder().match(scanned) ?? []) {
    const shown = match.raw.replace(particleBehindPath, '')
    const cut = match.raw.length - shown.length
    const url = cut === 0 ? match.url : match.url.slice(0, -cut)
    const href = match.schema === '' ? withHttps(url) : url
    if (!allowed.test(href)) continue
    if (match.index > from) parts.push({ kind: 'text', text: text.slice(from, match.index) })
    parts.push({ kind: 'link', text: shown, href })
    from = match.index + shown.length
  }
  if (from < text.length) parts.push({ kind: 'text', text: text.slice(from) })
  return parts
}

/** "example.com" was typed without a scheme: it is opened the safe way. */
const withHttps = (url: string): string => url.replace(/^http:\/\//i, 'https://')
