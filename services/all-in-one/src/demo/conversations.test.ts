import { conversations } from './conversations/conversations.ts'
import { readScript } from './conversation.ts'
import { demoPeople } from './people.ts'
import { describe, expect, test } from 'vitest'

/** Just after midnight, in the morning, before midnight; the nights when clocks change among them. */
const moments = [
  '2026-11-22T00:00:30',
  '2026-11-22T08:15:00',
  '2026-11-22T23:59:00',
  '2026-03-29T03:10:00',
  '2026-10-25T02:30:00',
].map((time) => new Date(time).getTime())

describe.each(conversations.map((room) => [room.name ?? room.members.join(', '), room] as const))(
  '%s',
  (_, room) => {
    test('is said by its members, who all exist', () => {
      const handles = new Set(demoPeople.map(({ handle }) => handle))
      expect(room.members.filter((handle) => !handles.has(handle))).toEqual([])
      const authors = new Set(readScript(room.script, Date.now()).map(({ author }) => author))
      expect([...authors].filter((author) => !room.members.includes(author))).toEqual([])
    })

    test('goes forward in time and ends before now, at any time of day', () => {
      for (const now of moments) {
        const times = readScript(room.script, now).map(({ at }) => at)
        expect(times.every((at, index) => at > (times[index - 1] ?? now - 4 * 86_400_000))).toBe(true)
        expect(times.at(-1)).toBeLessThan(now)
      }
    })

    test('leaves nobody behind what they have written themselves', () => {
      const lines = readScript(room.script, Date.now())
      for (const [handle, unread] of Object.entries(room.unread ?? {})) {
        const since = lines.length - 1 - lines.findLastIndex(({ author }) => author === handle)
        expect([handle, unread <= since]).toEqual([handle, true])
      }
    })
  },
)

test('no message is said twice in a room', () => {
  for (const { script } of conversations) {
    const texts = readScript(script, Date.now()).map(({ author, text }) => `${author}: ${text}`)
    expect(texts.filter((text, index) => texts.indexOf(text) !== index)).toEqual([])
  }
})

test('a script with a line that is neither time nor message is refused', () => {
  expect(() => readScript('@ 5m\nsomebody without a colon', Date.now())).toThrow('not a line of a script')
})
