import { findProgram } from '@our-now/testkit/infra/find-program.ts'
import { spawnTied } from '@our-now/testkit/infra/spawn-tied.ts'
import { waitUntil } from '@our-now/testkit/wait-until.ts'
import type { ChildProcess } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { turnCredentials } from '../src/turn/turn-credentials.ts'
import { createTurnClient, type TurnClient } from './support/turn-client.ts'

const turnserver = findProgram('turnserver')
if (turnserver === undefined) {
  if (process.env['REQUIRE_INFRA'] === '1') throw new Error('REQUIRE_INFRA: no turnserver (coturn)')
  console.warn('left out: coturn: no turnserver on this machine')
}

const secret = 'a-secret-of-the-test'
/** What an address of the media nodes may be at home. */
const mediaAddress = '192.168.7.7'

/** coturn as docker-compose.yml starts it, but on loopback. */
describe.skipIf(turnserver === undefined)('coturn with the arguments of docker-compose.yml', () => {
  let child: ChildProcess
  let port: number
  let folder: string
  let client: TurnClient
  beforeAll(async () => {
    const compose = await readFile(new URL('../../../docker-compose.yml', import.meta.url), 'utf8')
    const [, coturn = ''] = compose.split('\n  coturn:\n')
    const given = [...(coturn.split('\n\n')[0] ?? '').matchAll(/^ {6}- (--\S+)$/gm)].map(
      ([, argument = '']) =>
        argument.replace('${TURN_SECRET:?}', secret).replace('${MEDIA_ADDRESS:-127.0.0.1}', mediaAddress),
    )
    expect(given.length).toBeGreaterThan(15)
    folder = await mkdtemp(join(tmpdir(), 'our-now-coturn-'))
    port = await findUdpPort()
    const here = [
      '--listening-ip=127.0.0.1',
      '--relay-ip=127.0.0.1',
      `--listening-port=${port}`,
      `--pidfile=${join(folder, 'pid')}`,
      `--userdb=${join(folder, 'users')}`,
      '--no-tls',
      '--no-dtls',
      '-n',
    ]
    const isOfCompose = (argument: string): boolean => !argument.startsWith('--external-ip')
    child = spawnTied(turnserver ?? '', [...given.filter(isOfCompose), ...here], { stdio: 'ignore' })
    await waitUntil(
      async () => {
        const probe = createTurnClient(port)
        return probe.allocate().finally(() => probe.close())
      },
      { timeoutMs: 20_000 },
    )
    client = createTurnClient(port)
  })
  afterAll(async () => {
    client.close()
    child.kill('SIGKILL')
    await rm(folder, { recursive: true, force: true })
  })

  const credentialOf = (nowMs: number, by = secret) => {
    const [server] = turnCredentials({ urls: 'turn:here', secret: by }, { userId: 'ada', nowMs })
    if (server === undefined) throw new Error('a server')
    return server
  }

  test('nobody gets an allocation without a credential, with a wrong one or with one that is over', async () => {
    const refused = [
      undefined,
      credentialOf(Date.now(), 'another secret'),
      credentialOf(Date.now() - 11 * 60_000),
    ]
    for (const credential of refused) {
      // A server remembers who asked from an address.
      const each = createTurnClient(port)
      expect((await each.allocate(credential)).code).toBe(401)
      each.close()
    }
  })

  test('with what a join gives it relays to the media nodes and outside, and to nothing else within', async () => {
    expect((await client.allocate(credentialOf(Date.now()))).code).toBeUndefined()
    for (const open of [mediaAddress, '203.0.113.5']) expect((await client.permit(open)).code).toBeUndefined()
    for (const inside of [
      '127.0.0.1',
      '10.1.2.3',
      '172.17.0.2',
      '192.168.7.8',
      '169.254.169.254',
      '100.64.1.1',
    ])
      expect((await client.permit(inside)).code, inside).toBe(403)
  })
})

async function findUdpPort(): Promise<number> {
  const socket = createSocket('udp4')
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  const { port } = socket.address()
  await new Promise<void>((resolve) => socket.close(() => resolve()))
  return port
}
