import { randomInt } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Kept beside the data, so that a later `--demo` can say it again; the data folder is its owner's alone. */
const noteIn = (dataDir: string): string => join(dataDir, 'demo-sign-in.txt')

const words = ['apricot', 'lantern', 'harbour', 'meadow', 'pebble', 'willow', 'saffron', 'thistle', 'ember']

/** One password for everybody in this demo, another in the next: a demo may be open to a network. */
export function makePassword(): string {
  const first = randomInt(words.length)
  const second = (first + randomInt(1, words.length)) % words.length
  return `${words[first]}-${words[second]}-${randomInt(100_000, 1_000_000)}`
}

export async function writeSignInNote(dataDir: string, lines: readonly string[]): Promise<void> {
  await writeFile(noteIn(dataDir), `${lines.join('\n')}\n`, { mode: 0o600 })
}

/** The lines of an earlier run; undefined when this folder was not filled by a demo, or not to the end. */
export async function readSignInNote(dataDir: string): Promise<string[] | undefined> {
  try {
    return (await readFile(noteIn(dataDir), 'utf8')).trimEnd().split('\n')
  } catch (error) {
    if (error instanceof Error && Reflect.get(error, 'code') === 'ENOENT') return undefined
    throw error
  }
}
