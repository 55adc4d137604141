import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { putSettings } from './settings-table.ts'

export const operationsFile = fileURLToPath(new URL('../../docs/operations.md', import.meta.url))

/** Brings the tables of docs/operations.md up to date. */
export async function writeSettings(): Promise<void> {
  await writeFile(operationsFile, putSettings(await readFile(operationsFile, 'utf8')))
}
