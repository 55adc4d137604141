/** A room of the demo and what was said in it. */
export interface DemoConversation {
  /** Two people: their 1:1 room. One: notes to oneself. More: a group that the first of them made. */
  readonly members: readonly string[]
  /** Groups only; absent: the room is called by its members. */
  readonly name?: string
  /**
   * What was said. `@ -2 19:05` sets the time: days before today and the local time; `@ 40m` minutes before now.
   * `handle: text` is a message, `| text` its next line.
   */
  readonly script: string
  /** How many of the last messages a member has not read; absent: none. */
  readonly unread?: Readonly<Record<string, number>>
  /** Members who keep it on top, or keep it quiet. */
  readonly pinnedBy?: readonly string[]
  readonly mutedBy?: readonly string[]
}

/** One message of a script with its instant. */
export interface DemoLine {
  readonly author: string
  readonly text: string
  /** Milliseconds since the epoch. */
  readonly at: number
}

const minuteMs = 60_000

/**
 * The messages of a script, ascending by time.
 *
 * @param nowMs  What the times are counted back from.
 * @throws {Error} for a line that is neither a time nor a message.
 */
export function readScript(script: string, nowMs: number): DemoLine[] {
  const lines: DemoLine[] = []
  let at = 0
  for (const written of script.split('\n').map((line) => line.trim())) {
    if (written === '') continue
    const time = readTime(written, nowMs)
    const last = lines.at(-1)
    if (time !== undefined) at = time
    else if (written.startsWith('|') && last !== undefined) {
      lines[lines.length - 1] = { ...last, text: `${last.text}\n${written.slice(1).trim()}` }
    } else {
      const [, author, text] = /^([a-z]+): (.+)$/u.exec(written) ?? []
      if (author === undefined || text === undefined) throw new Error(`not a line of a script: ${written}`)
      lines.push({ author, text, at })
      at += typingMs(text)
    }
  }
  return lines
}

function readTime(line: string, nowMs: number): number | undefined {
  const [, minutes] = /^@ (\d+)m$/.exec(line) ?? []
  if (minutes !== undefined) return nowMs - Number(minutes) * minuteMs
  const [, days, hours, minute] = /^@ -(\d) (\d\d):(\d\d)$/.exec(line) ?? []
  if (days === undefined) return undefined
  const day = new Date(nowMs)
  day.setDate(day.getDate() - Number(days))
  return day.setHours(Number(hours), Number(minute), 7, 0)
}

/** How long the next person takes to answer: nobody types at once, and long messages are read first. */
const typingMs = (text: string): number => Math.min(9_000 + text.length * 700, 48_000)
