import { callOperations } from '@our-now/contracts/chat/call-operations.ts'
import { repairOperations } from '@our-now/contracts/chat/repair-operations.ts'
import { mediaContract, type MediaApi } from '@our-now/contracts/media.ts'
import { systemClock as clock } from '@our-now/platform/clock/clock.ts'
import { createSecret } from '@our-now/platform/config/secret.ts'
import { createScope } from '@our-now/platform/lifecycle/create-scope.ts'
import { callOverHttp } from '@our-now/platform/service-call/call-over-http.ts'
import { serveOverHttp } from '@our-now/platform/service-call/serve-over-http.ts'
import { findFreePort } from '@our-now/testkit/infra/free-port.ts'
import { spawnTied } from '@our-now/testkit/infra/spawn-tied.ts'
import { createTestLog } from '@our-now/testkit/test-log.ts'
import { waitUntil } from '@our-now/testkit/wait-until.ts'
import { fileURLToPath } from 'node:url'
import { Type } from 'typebox'

/** A media service as a process of its own. */
export interface NodeProcess {
  /** Asked as a gateway asks it: it passes on what another node has. */
  readonly api: MediaApi
  /** Its own calls alone. */
  readonly own: MediaApi
  signal(signal: NodeJS.Signals): void
}

export interface MediaNodes {
  readonly nodes: readonly NodeProcess[]
  /** As the gateway holds it, with the address of each. */
  readonly both: MediaApi
  close(): Promise<void>
}

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
const token = 't'.repeat(32)
const serviceToken = createSecret(token)
/** All that media asks of chat: here everybody is in every room. */
const doorkeeper = {
  getRoom: {
    request: Type.Object({ roomId: Type.String() }),
    reply: Type.Object({}),
    summary: 'Whether somebody is in a room.',
  },
  filterMembers: repairOperations.filterMembers,
  getCallRoom: callOperations.getCallRoom,
  recordCall: callOperations.recordCall,
  keepCalls: callOperations.keepCalls,
  listLostCalls: callOperations.listLostCalls,
}

/** Two media processes with a worker each, which know each other by Redis. */
export async function startNodes(
  redisUrl: string,
  workerBin: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<MediaNodes> {
  const scope = createScope()
  const log = createTestLog()
  const chat = await serveOverHttp({
    services: [
      {
        name: 'chat',
        contract: doorkeeper,
        api: {
          getRoom: async () => ({}),
          filterMembers: async (_context: unknown, { userIds }: { userIds: string[] }) => ({
            membershipRev: 0,
            userIds,
            memberCount: userIds.length,
          }),
          getCallRoom: async () => ({ kind: 'group' as const, role: 'member' as const }),
          recordCall: async () => ({}),
          keepCalls: async () => ({}),
          listLostCalls: async () => ({ calls: [] }),
        },
        unreadyReason: () => undefined,
      },
    ],
    host: '127.0.0.1',
    port: 0,
    serviceToken,
    clock,
    log,
  })
  scope.own(chat)
  const open = (service: string, urls: readonly string[]): MediaApi =>
    scope.own(callOverHttp(mediaContract, { service, urls, serviceToken, clock })).api
  const urls: string[] = []
  const nodes: NodeProcess[] = []
  for (const port of [await findFreePort(), await findFreePort()]) {
    const url = `http://127.0.0.1:${port}`
    const env = {
      PATH: process.env['PATH'],
      MEDIA_PORT: String(port),
      MEDIA_WORKERS: '1',
      MEDIA_WORKER_BIN: workerBin,
      MEDIA_SILENCE_MS: '120000',
      CHAT_URL: chat.url,
      SOCKET_HUB_URL: redisUrl,
      LEASE_STORE_URL: redisUrl,
      SERVICE_TOKEN: token,
      LOG_LEVEL: 'warn',
      ...settings,
    }
    const child = spawnTied(process.execPath, [main], { env, stdio: 'ignore' })
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    const signal = (name: NodeJS.Signals): void => void (child.exitCode ?? child.kill(name))
    scope.own({
      close: () => {
        signal('SIGKILL')
        return ended
      },
    })
    urls.push(url)
    nodes.push({ api: open('media', [url]), own: open('media-node', [url]), signal })
  }
  const isReady = async (url: string): Promise<boolean> => (await fetch(`${url}/readyz`)).ok
  for (const url of urls) await waitUntil(() => isReady(url).catch(() => false), { timeoutMs: 20_000 })
  return { nodes, both: open('media', urls), close: () => scope.stop() }
}
