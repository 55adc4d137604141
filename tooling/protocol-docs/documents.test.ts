import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { authContract } from '../../packages/contracts/src/auth.ts'
import { chatContract } from '../../packages/contracts/src/chat.ts'
import { restRoutes } from '../../packages/contracts/src/rest.ts'
import { clientEvents } from '../../packages/contracts/src/socket.ts'
import { protocolDir, protocolDocuments } from './documents.ts'
import { operationOf } from './openapi.ts'

describe('the protocol documents', () => {
  test.each(Object.keys(protocolDocuments()))(
    '%s in docs/protocol is what the contracts say (npm run docs)',
    async (name) => {
      const kept = await readFile(join(protocolDir, name), 'utf8')
      expect(kept === protocolDocuments()[name], `${name} is stale: run npm run docs`).toBe(true)
    },
  )

  test('every name in a path is a field of its operation', () => {
    for (const route of restRoutes) {
      const { properties = {} } = operationOf(route).request as { properties?: Record<string, unknown> }
      for (const [, name = ''] of route.path.matchAll(/:(\w+)/g))
        expect(Object.keys(properties)).toContain(name)
    }
  })

  test('every operation has a door: REST, the socket, or a summary that says "Between services"', () => {
    const byRest = new Set<string>(restRoutes.map((route) => route.operation))
    const bySocket = new Set<string>(Object.values(clientEvents).map(({ summary }) => summary))
    for (const [name, { summary }] of Object.entries({ ...authContract, ...chatContract }))
      expect(byRest.has(name) || bySocket.has(summary) || summary.startsWith('Between services'), name).toBe(
        true,
      )
  })
})
