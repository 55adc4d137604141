import { describeWithPrograms } from '@our-now/testkit/infra/describe-with-infra.ts'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { harnessEnv } from '../../faults/cluster/harness-env.ts'
import type { Cluster } from '../cluster.ts'
import { rollServices } from '../roll.ts'
import { startCluster } from '../start-cluster.ts'
import { startTalk, type Group } from './support/talk.ts'
import { enter, shareRoom } from './support/talkers.ts'

/** Messages a second; the measured figure of docs/operations.md was taken at 500. */
const rate = Number(process.env['ROLLING_RATE'] ?? 100)
const rooms = Math.max(4, Math.round(rate / 25))
const membersPerRoom = 4
const drainMs = 5_000
/** What a gateway allows itself before it is ended, and what the others do, in ms. */
const graceMs = { gateway: drainMs + 10_000, other: 15_000 }

describeWithPrograms(['mysql', 'redis', 'kafka'], 'a rolling restart of all services', () => {
  let dataDir: string
  let cluster: Cluster
  let groups: Group[]
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'our-now-rolling-'))
    cluster = await startCluster({
      dataDir,
      replicas: { auth: 2, presence: 2, vision: 2 },
      env: { ...harnessEnv, GATEWAY_DRAIN_MS: String(drainMs) },
    })
    groups = []
    for (let room = 0; room < rooms; room++) {
      const talkers = await Promise.all(
        Array.from({ length: membersPerRoom }, (_, member) => enter(cluster.url, `r${room}m${member}`)),
      )
      groups.push({ talkers, roomId: await shareRoom(talkers) })
    }
  }, 180_000)
  afterAll(async () => {
    for (const { client } of groups.flatMap(({ talkers }) => talkers)) await client.close()
    await cluster.stop()
    await rm(dataDir, { recursive: true, force: true, maxRetries: 3 })
  }, 60_000)

  test(
    'is seen by nobody: nothing fails, nothing is missed, nobody waits',
    { timeout: 240_000 },
    async () => {
      const talk = startTalk(groups, rate)
      const rolled = await rollServices(cluster)
      const report = await talk.stop()
      console.log(JSON.stringify({ rate, ...report, rolled }))
      expect(report).toMatchObject({ failed: 0, missed: 0, repeated: 0, disconnects: 0 })
      expect(report.gapP99Ms).toBeLessThanOrEqual(3_000)
      expect(rolled).toHaveLength(10)
      for (const { name, drainMs: tookMs } of rolled)
        expect(tookMs, name).toBeLessThanOrEqual(
          graceMs[name.startsWith('gateway') ? 'gateway' : 'other'] / 2,
        )
    },
  )
})
