import { describeWithPrograms } from '@our-now/testkit/infra/describe-with-infra.ts'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Cluster } from '../cluster.ts'
import { findFreePorts } from '../free-ports.ts'
import { startCluster } from '../start-cluster.ts'
import { enter, hear, onlineAgain, shareRoom, type Talker } from './support/talkers.ts'

const projectDir = fileURLToPath(new URL('../../../', import.meta.url))

describeWithPrograms(['mysql', 'redis', 'kafka'], 'the cluster', () => {
  let dataDir: string
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'our-now-cluster-'))
  })
  afterAll(() => rm(dataDir, { recursive: true, force: true, maxRetries: 3 }))

  describe('started by a program', () => {
    let cluster: Cluster
    let people: [Talker, Talker]
    let roomId: string
    let heard: string[]
    beforeAll(async () => {
      cluster = await startCluster({ dataDir })
      const [one = '', other = ''] = cluster.gatewayUrls
      people = [await enter(one, 'ada', cluster.url), await enter(other, 'ben', cluster.url)]
      roomId = await shareRoom(people)
      heard = hear(people[1].client, roomId)
    }, 90_000)
    afterAll(async () => {
      for (const { client } of people) await client.close()
      await cluster.stop()
    }, 60_000)

    const say = async (text: string): Promise<void> => {
      await people[0].client.outbox.send(roomId, text)
      await expect.poll(() => heard.at(-1), { timeout: 20_000 }).toBe(text)
    }

    test('two people at two gateways hear each other', () => say('hello'))

    test(
      'a chat that stands still costs one message its first try, not every one',
      { timeout: 60_000 },
      async () => {
        const rooms = []
        for (let room = 0; room < 12; room++) {
          const id = await shareRoom(people)
          rooms.push({ id, heard: hear(people[1].client, id) })
        }
        const chat = cluster.members.get('chat-1')
        chat?.signal('SIGSTOP')
        try {
          const tookMs = []
          for (const room of rooms) {
            const startMs = performance.now()
            await people[0].client.outbox.send(room.id, 'are you there?')
            await expect.poll(() => room.heard, { timeout: 10_000, interval: 10 }).toEqual(['are you there?'])
            tookMs.push(performance.now() - startMs)
          }
          // About half of the rooms are its own; it is tried once a second whether it goes again.
          expect(tookMs.filter((ms) => ms > 1_900).length, String(tookMs)).toBeLessThanOrEqual(3)
        } finally {
          chat?.signal('SIGCONT')
        }
      },
    )

    test.each([
      'chat-1',
      'chat-2',
      'auth-1',
      'presence-1',
      'vision-1',
      'gateway-1',
      'gateway-2',
      'balancer-1',
      'redis',
      'kafka',
      'mariadb',
    ] as const)('%s is killed, comes back, and they go on', { timeout: 60_000 }, async (name) => {
      const member = cluster.members.get(name)
      const restarts = member?.restarts() ?? 0
      member?.signal('SIGKILL')
      await expect.poll(() => member?.restarts()).toBe(restarts + 1)
      await member?.whenReady()
      for (const { client } of people) await onlineAgain(client)
      await say(`after ${name}`)
      expect((await fetch(`${cluster.url}/readyz`)).status).toBe(200)
    })
  })

  describe('npm run cluster', () => {
    const running: ChildProcess[] = []
    afterEach(() => running.splice(0).forEach((child) => child.kill('SIGKILL')))

    /** Starts it and resolves, ready, with its process and those of its members. */
    async function run(port: number) {
      const child = spawn(
        process.execPath,
        ['tooling/cluster/main.ts', '--data', dataDir, '--port', String(port)],
        { cwd: projectDir, stdio: ['ignore', 'pipe', 'pipe'] },
      )
      running.push(child)
      let output = ''
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
      await expect.poll(() => output, { timeout: 60_000 }).toMatch(/^ready http/m)
      const pids = [...output.matchAll(/^(\S+) +ready .*pid (\d+)/gm)].map(([, , pid]) => Number(pid))
      return { child, output: () => output, pids }
    }
    const isAlive = (pid: number): boolean => {
      try {
        return process.kill(pid, 0)
      } catch {
        return false
      }
    }

    test(
      'goes on with its data, and Ctrl-C ends every process within 15 s',
      { timeout: 120_000 },
      async () => {
        const [port = 0] = await findFreePorts(1)
        const { child, output, pids } = await run(port)
        expect(output()).toContain(`ready http://localhost:${port}`)
        // Two media nodes where calls can be had.
        expect(pids).toHaveLength(process.env['MEDIA_WORKER_BIN'] === undefined ? 11 : 13)
        const answer = await fetch(`http://localhost:${port}/api/auth/sign-in`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', origin: `http://localhost:${port}` },
          body: JSON.stringify({ handle: 'ada', password: 'ada has a long password', deviceName: 'again' }),
        })
        expect(answer.status).toBe(200)
        const startMs = performance.now()
        child.kill('SIGINT')
        expect(await once(child, 'exit')).toEqual([0, null])
        expect(performance.now() - startMs).toBeLessThan(15_000)
        expect(pids.filter(isAlive)).toEqual([])
      },
    )

    test('whoever kills it kills every process', { timeout: 120_000 }, async () => {
      const [port = 0] = await findFreePorts(1)
      const { child, pids } = await run(port)
      child.kill('SIGKILL')
      await expect.poll(() => pids.filter(isAlive), { timeout: 5_000 }).toEqual([])
    })

    test.each([
      ['a port in use', (port: number) => String(port), 'is in use: stop what uses it'],
      ['no number for a port', () => '1x', '--port takes a number from 1 to 65535, not "1x".'],
    ])('%s is told in one sentence', async (_, toPort, sentence) => {
      const blocker = createServer()
      blocker.listen(0, '127.0.0.1')
      await once(blocker, 'listening')
      /** True because a server that listens on a host has an address of this form. */
      const port = toPort((blocker.address() as AddressInfo).port)
      const child = spawn(process.execPath, ['tooling/cluster/main.ts', '--data', dataDir, '--port', port], {
        cwd: projectDir,
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      let errors = ''
      child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
      expect(await once(child, 'close')).toEqual([1, null])
      blocker.close()
      expect(errors).toContain(sentence)
      expect(errors.trim().split('\n')).toHaveLength(1)
    })
  })
})
