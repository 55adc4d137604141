import { hash } from 'node:crypto'
import { closeSync, openSync, writeSync } from 'node:fs'
import type { HistoryLine } from '../history.ts'

/** A run's history on its way to a file. */
export interface Recorder {
  /** Milliseconds on the run's clock. */
  readonly now: () => number
  readonly write: (line: HistoryLine) => void
  /** Writes what is buffered and closes the file. */
  readonly close: () => void
}

const flushChars = 256 * 1024

/** Appends lines to the file in large pieces: the writing must not slow the clients down. */
export function createRecorder(file: string, now: () => number): Recorder {
  const descriptor = openSync(file, 'a')
  let buffered: string[] = []
  let chars = 0

  function flush(): void {
    writeSync(descriptor, buffered.join(''))
    buffered = []
    chars = 0
  }

  return {
    now,
    write: (line) => {
      const text = `${JSON.stringify(line)}\n`
      buffered.push(text)
      chars += text.length
      if (chars > flushChars) flush()
    },
    close: () => {
      flush()
      closeSync(descriptor)
    },
  }
}

/** What a text is remembered by in histories and final states. */
export const hashOfText = (text: string): string => hash('sha1', text, 'base64').slice(0, 12)
