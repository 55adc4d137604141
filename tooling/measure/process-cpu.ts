import { readFileSync } from 'node:fs'

/** Linux counts in hundredths of a second. */
const msPerTick = 10

/** What /proc says of a process: the fields of proc(5) behind its name, from the third (`state`) on; undefined when it is gone. */
export function readStat(pid: number): readonly string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name stands in parentheses and may hold blanks.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return undefined
  }
}

/** CPU time (user and system) of a process with all its threads since it started, in ms; 0 when it is gone. Linux only. */
export function cpuMsOf(pid: number): number {
  const fields = readStat(pid)
  return fields === undefined ? 0 : (Number(fields[11]) + Number(fields[12])) * msPerTick
}
