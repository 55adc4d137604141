import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { putSettings, settingsOf } from './settings-table.ts'
import { operationsFile } from './write-settings.ts'

test('docs/operations.md has every setting as it is (npm run docs writes them)', async () => {
  const document = await readFile(operationsFile, 'utf8')
  expect(document).toBe(putSettings(document))
  for (const schema of Object.values(settingsOf))
    for (const name of Object.keys(schema.properties)) expect(document).toContain(`| \`${name}\``)
})
