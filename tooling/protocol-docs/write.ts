import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeSettings } from '../settings-docs/write-settings.ts'
import { protocolDir, protocolDocuments } from './documents.ts'

/** `npm run docs`: writes docs/protocol and the settings of docs/operations.md anew. */
await mkdir(protocolDir, { recursive: true })
for (const [name, content] of Object.entries(protocolDocuments()))
  await writeFile(join(protocolDir, name), content)
await writeSettings()
