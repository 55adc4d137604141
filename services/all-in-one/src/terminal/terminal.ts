/** What the person at the terminal reads. Lines go to stdout at once; logs go to stderr. */
export interface Terminal {
  say(line: string): void
  complain(line: string): void
}

export const terminal: Terminal = {
  say: (line) => void process.stdout.write(`${line}\n`),
  complain: (line) => void process.stderr.write(`${line}\n`),
}
