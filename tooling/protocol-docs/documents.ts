import { fileURLToPath } from 'node:url'
import { toAsyncApi } from './asyncapi.ts'
import { toOpenApi } from './openapi.ts'
import { pageStyle, toPage } from './page.ts'

export const protocolDir = fileURLToPath(new URL('../../docs/protocol/', import.meta.url))

/** File name → content of everything in docs/protocol. */
export function protocolDocuments(): Readonly<Record<string, string>> {
  return {
    'openapi.json': `${JSON.stringify(toOpenApi(), undefined, 1)}\n`,
    'asyncapi.json': `${JSON.stringify(toAsyncApi(), undefined, 1)}\n`,
    'index.html': toPage(),
    'protocol.css': pageStyle,
  }
}
