import { raisedBudgets } from '@our-now/testkit/raised-budgets.ts'
import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startCluster } from '../cluster/start-cluster.ts'
import { measureAckResume } from './cluster/ack-resume.ts'
import { measureGatewayDeath } from './cluster/gateway-death.ts'
import { measureHotRoom } from './cluster/hot-room.ts'
import { measureStorm } from './cluster/reconnect-storm.ts'
import { measureSteady } from './cluster/steady-load.ts'

/**
 * What the distributed product does on this machine, everything on it together with the load:
 *
 *   npm run bench:cluster -- [--only steady,hot,chat-kill,database-kill,gateway-kill,storm] [--seconds 20] [--set NAME=VALUE]… [--json]
 *
 * `--set` changes a setting of all services: how the defaults were chosen.
 */
const scenarios = ['steady', 'hot', 'chat-kill', 'database-kill', 'gateway-kill', 'storm'] as const
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: scenarios.join(',') },
    seconds: { type: 'string', default: '20' },
    clients: { type: 'string', default: '1000' },
    storm: { type: 'string', default: '5000' },
    kills: { type: 'string', default: '10' },
    set: { type: 'string', multiple: true, default: [] },
    json: { type: 'boolean', default: false },
  },
})
const wanted = values.only.split(',')
const seconds = Number(values.seconds)
const kills = Number(values.kills)
const dataDir = await mkdtemp(join(tmpdir(), 'our-now-bench-'))
const given = Object.fromEntries(values.set.map((pair) => pair.split(/=(.*)/s)))
const env = { ...raisedBudgets, LOG_LEVEL: 'warn', ...given }
const cluster = await startCluster({ dataDir, env, restarts: false })

const measures: Record<(typeof scenarios)[number], () => Promise<object>> = {
  steady: () => measureSteady(cluster, { rooms: 50, membersPerRoom: 4, rate: 500, seconds }),
  hot: () => measureHotRoom(cluster, { members: 10, inFlight: 32, seconds }),
  'chat-kill': () => measureAckResume(cluster, { victims: ['chat-1', 'chat-2'], kills, rooms: 20 }),
  'database-kill': () => measureAckResume(cluster, { victims: ['mariadb'], kills, rooms: 20 }),
  'gateway-kill': () =>
    measureGatewayDeath(cluster, { clients: Number(values.clients), kills: Math.min(kills, 4) }),
  storm: () => measureStorm(cluster, { clients: Number(values.storm) }),
}
const report: Record<string, unknown> = { cores: cpus().length, node: process.version }
try {
  for (const name of scenarios) {
    if (!wanted.includes(name)) continue
    console.error(`${name} …`)
    report[name] = await measures[name]()
    console.error(JSON.stringify(report[name]))
  }
} finally {
  await cluster.stop()
  await rm(dataDir, { recursive: true, force: true, maxRetries: 3 })
}
console.log(values.json ? JSON.stringify(report) : JSON.stringify(report, undefined, 2))
