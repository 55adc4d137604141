import type { Member } from './cluster.ts'

export interface StatusBoard {
  /** A member has changed. */
  show(member: Member): void
  /** A line among the others. */
  say(line: string): void
}

/** What is written to: a terminal is redrawn, anything else gets one line per change. */
export interface StatusOut {
  readonly isTTY?: boolean
  write(text: string): unknown
}

/** One line per process: its name, how it is, its address, its process, and how often it was started again. */
export function createStatusBoard(out: StatusOut): StatusBoard {
  const members = new Map<string, Member>()
  const said: string[] = []
  let drawnLines = 0

  const redraw = (): void => {
    const lines = [...[...members.values()].map(toLine), ...said]
    const back = drawnLines === 0 ? '' : `\u001B[${drawnLines}A\u001B[J`
    out.write(`${back}${lines.join('\n')}\n`)
    drawnLines = lines.length
  }
  return {
    show(member) {
      members.set(member.name, member)
      if (out.isTTY === true) redraw()
      else out.write(`${toLine(member)}\n`)
    },
    say(line) {
      said.push(line)
      if (out.isTTY === true) redraw()
      else out.write(`${line}\n`)
    },
  }
}

function toLine(member: Member): string {
  const { name, address } = member
  const pid = member.pid()
  const restarts = member.restarts()
  return [
    name.padEnd(11),
    member.state().padEnd(8),
    `${address.host}:${address.port}`.padEnd(15),
    ...(pid === undefined ? [] : [`pid ${pid}`]),
    ...(restarts === 0 ? [] : [`started again ${restarts} ${restarts === 1 ? 'time' : 'times'}`]),
  ].join('  ')
}
