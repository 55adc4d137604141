import type { Line } from '@our-now/client/room-view/timeline.ts'
import type { Message } from '@our-now/contracts/rooms.ts'

/** More than this at once are told as a number: "새 메시지 5개". */
const mostSpoken = 2
/** A spoken message ends here; the rest is on screen. */
const spokenLength = 200

/** Messages of others that came live after `afterSeq`, oldest first. History pages and my own are no news. */
export function newcomers(
  lines: readonly Line[],
  afterSeq: number,
  isSilent: (authorId: string) => boolean,
): readonly Message[] {
  const found: Message[] = []
  for (let index = lines.length - 1; index >= 0; index -= 1) {
    const line = lines[index]
    if (!line || line.seq <= afterSeq) break
    if (line.kind !== 'message' || isSilent(line.message.authorId)) continue
    if (line.message.deletedAt === undefined) found.push(line.message)
  }
  return found.toReversed()
}

export interface AnnouncerWords {
  readonly one: (message: Message) => string
  readonly many: (count: number) => string
}

/** What a screen reader says for messages that came together. */
export function announcementOf(messages: readonly Message[], words: AnnouncerWords): string {
  if (messages.length === 0) return ''
  if (messages.length > mostSpoken) return words.many(messages.length)
  return messages.map(words.one).join('\n')
}

/** One line of bounded length. */
export const spoken = (text: string): string => text.slice(0, spokenLength).replaceAll(/\s+/g, ' ').trim()
