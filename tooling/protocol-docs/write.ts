import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { protocolDir, protocolDocuments } from './documents.ts'

/** `npm run docs`: writes docs/protocol anew. */
await mkdir(protocolDir, { recursive: true })
for (const [name, content] of Object.entries(protocolDocuments()))
  await writeFile(join(protocolDir, name), content)
