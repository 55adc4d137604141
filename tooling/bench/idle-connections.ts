import { fork } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { protocolVersion } from '../../packages/contracts/src/socket.ts'
import { startClients } from './clients.ts'

/**
 * Resident memory per idle connection: of the product with people signed in and joined to their rooms, of a plain
 * Socket.IO server, of plain websockets; each server in a process of its own. Last line with --json: one JSON object.
 */
const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, connections: { type: 'string', default: '3000' } },
})
const connections = Number(values.connections)
const people = 30
/** The first ones warm the server up. */
const warmUp = 1_000

async function signUp(url: string, number: number): Promise<string> {
  const response = await fetch(`${url}/api/auth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      handle: `person${number}`,
      password: 'a long enough pass phrase',
      displayName: `Person ${number}`,
      deviceName: 'bench',
    }),
  })
  /** True because the gateway answers so or not with 200. */
  const { accessToken } = (await response.json()) as { accessToken?: string }
  if (accessToken === undefined) throw new Error(`sign-up was answered ${response.status}`)
  return accessToken
}

interface Figures {
  /** Growth since the start over all connections: the first ones' code and pools are in it. */
  readonly fromStartKiB: number
  /** Growth after the first 1,000: what one more costs. */
  readonly marginalKiB: number
}

const toKiB = (bytes: number): number => Math.round((bytes / 1024) * 10) / 10

async function measure(kind: 'ws' | 'socket.io' | 'product'): Promise<Figures> {
  const server = fork(fileURLToPath(new URL('idle-server.ts', import.meta.url)), [kind])
  try {
    const [{ url, dataDir }] = (await once(server, 'message')) as [{ url: string; dataDir?: string }]
    const rss = async (): Promise<number> => {
      const answered = once(server, 'message')
      server.send('rss')
      return Number((await answered)[0])
    }
    const tokens: string[] = []
    if (kind === 'product') for (let n = 0; n < people; n++) tokens.push(await signUp(url, n))
    const handshake = (_: unknown, n: number): object =>
      kind === 'product' ? { accessToken: tokens[n % people], protocolVersion } : {}
    const protocol = kind === 'ws' ? 'ws' : 'socket.io'
    const start = (count: number) =>
      startClients({
        url,
        protocol,
        isGateway: kind === 'product',
        handshakes: Array.from({ length: count }, handshake),
      })
    const atStart = await rss()
    const first = await start(warmUp)
    const before = await rss()
    const rest = await start(connections)
    const after = await rss()
    await first.stop()
    await rest.stop()
    if (dataDir !== undefined) await rm(dataDir, { recursive: true, force: true })
    return {
      fromStartKiB: toKiB((after - atStart) / (warmUp + connections)),
      marginalKiB: toKiB((after - before) / connections),
    }
  } finally {
    server.kill('SIGKILL')
  }
}

const report: Record<string, Figures> = {}
for (const kind of ['product', 'socket.io', 'ws'] as const) report[kind] = await measure(kind)
if (values.json) console.log(JSON.stringify({ connections, ...report }))
else console.table(report)
