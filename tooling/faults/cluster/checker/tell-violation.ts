import type { HistoryLine } from '../history.ts'
import type { Violation } from './verdict.ts'

/** How far around it is told, in ms, and how many lines of that. */
const aroundMs = 3_000
const mostLines = 30
const nearSeqs = 2

/**
 * A broken promise for a person to read: what is wrong, which faults were in effect, and the lines of the history around
 * it that speak of the same room, person or message.
 *
 * @param lines  in order of time
 */
export function tellViolation(violation: Violation, lines: readonly HistoryLine[]): string {
  const { invariant, sentence } = violation
  const named = namesIn(sentence, lines)
  const concerned = lines.filter((line) => isAbout(line, named))
  const t = violation.t ?? concerned.at(-1)?.t
  if (t === undefined) return `${invariant}: ${sentence}\n`
  const near = concerned.filter((line) => Math.abs(line.t - t) <= aroundMs)
  // The nearest ones, still in order of time.
  const shown = new Set(near.toSorted((a, b) => Math.abs(a.t - t) - Math.abs(b.t - t)).slice(0, mostLines))
  const faults = listFaults(lines, t)
  return [
    `${invariant}: ${sentence}`,
    `  at ${Math.round(t)} ms; in effect: ${faults.length === 0 ? 'nothing' : faults.join(', ')}`,
    ...near.filter((line) => shown.has(line)).map((line) => `  ${tellLine(line)}`),
    '',
  ].join('\n')
}

interface Named {
  readonly rooms: ReadonlySet<string>
  readonly people: ReadonlySet<string>
  readonly messages: ReadonlySet<string>
  /** Of `room/seq`. */
  readonly seqs: ReadonlySet<number>
}

/** Ids of the history that a sentence names. */
function namesIn(sentence: string, lines: readonly HistoryLine[]): Named {
  const words = new Set(sentence.split(/[^\w/-]+/).flatMap((word) => [word, ...word.split('/')]))
  const named = {
    rooms: new Set<string>(),
    people: new Set<string>(),
    messages: new Set<string>(),
    seqs: new Set<number>(),
  }
  for (const [, seq] of sentence.matchAll(/\/(\d+)/g)) named.seqs.add(Number(seq))
  for (const line of lines) {
    if ('client' in line)
      for (const name of [line.client, line.userId]) if (words.has(name)) named.people.add(name)
    if ('roomId' in line && line.roomId !== undefined && words.has(line.roomId)) named.rooms.add(line.roomId)
    if ('id' in line && line.id !== undefined && words.has(line.id)) named.messages.add(line.id)
  }
  return named
}

/** A message's own lines, those near a place that is named, and comings and goings; else all of the person in the room. */
function isAbout(line: HistoryLine, { rooms, people, messages, seqs }: Named): boolean {
  if (!('client' in line)) return false
  if ('id' in line && line.id !== undefined && messages.has(line.id)) return true
  const isTheirs = people.size === 0 || people.has(line.client) || people.has(line.userId)
  if (!isTheirs || rooms.size + people.size === 0) return false
  if (line.roomId !== undefined && rooms.size > 0 && !rooms.has(line.roomId)) return false
  const seq = 'seq' in line ? line.seq : undefined
  if (seq === undefined) return !('op' in line)
  return seqs.size === 0 || [...seqs].some((named) => Math.abs(named - seq) <= nearSeqs)
}

function listFaults(lines: readonly HistoryLine[], atMs: number): string[] {
  const going = new Map<string, string>()
  for (const line of lines) {
    if (line.f !== 'fault' || line.t > atMs) continue
    if (line.type === 'start') going.set(line.fault, `${line.kind} ${line.target}`)
    else going.delete(line.fault)
  }
  return [...going.values()]
}

function tellLine(line: HistoryLine): string {
  const { t, ...rest } = line
  const fields = Object.entries(rest).filter(([name]) => name !== 'userId')
  return `${t.toFixed(1).padStart(9)} ${fields.map(([name, value]) => `${name}=${String(value)}`).join(' ')}`
}
