import { setTimeout as wait } from 'node:timers/promises'
import type { MemberName } from '../../../cluster/cluster.ts'
import { passing } from '../proxy/proxy-mode.ts'
import { askDatabase, askRedis } from './ask-servers.ts'
import type { FaultDeed } from './fault.ts'
import type { World } from './world.ts'

/** Ends what was begun; resolves when things are as before. */
export type Undo = () => Promise<void>

/**
 * Does one fault. Resolves when it is in effect, with what ends it.
 *
 * @returns undefined when it could not be done: what it aims at is down or not reached
 */
export async function doDeed(world: World, deed: FaultDeed): Promise<Undo | undefined> {
  switch (deed.kind) {
    case 'kill':
      return kill(world, deed.target)
    case 'pause':
      return pause(world, deed.target)
    case 'pubsub-kill':
      await askRedis(world.cluster.redisUrl, 'CLIENT', 'KILL', 'TYPE', 'pubsub')
      return done
    case 'small-buffers':
      return shrinkBuffers(world)
    case 'transaction-kill':
      return killTransaction(world)
    case 'read-only':
      await askDatabase(world.adminUrl, 'SET GLOBAL read_only = 1')
      return () => untilDone(() => askDatabase(world.adminUrl, 'SET GLOBAL read_only = 0'))
    case 'disk-full':
      await world.smallDisk?.fill()
      return world.smallDisk && (() => world.smallDisk?.empty() ?? done())
    case 'rolling-restart':
      return restartAll(world, deed.target)
    case 'clock-jump':
      world.shiftClock(deed.target, deed.byMs)
      return async () => world.shiftClock(deed.target, 0)
    default:
      world.turn(deed.target, deed.mode)
      return async () => world.turn(deed.target, passing)
  }
}

const done: Undo = async () => undefined

async function kill({ cluster }: World, name: MemberName): Promise<Undo | undefined> {
  const member = cluster.members.get(name)
  if (member?.pid() === undefined || member.state() !== 'ready') return undefined
  const pid = member.pid()
  member.signal('SIGKILL')
  // The keeper starts it again; it counts as going on until it answers.
  while (member.pid() === pid) await wait(5)
  return () => member.whenReady()
}

async function pause({ cluster }: World, name: MemberName): Promise<Undo | undefined> {
  const member = cluster.members.get(name)
  if (member?.pid() === undefined || member.state() !== 'ready') return undefined
  member.signal('SIGSTOP')
  return async () => member.signal('SIGCONT')
}

const bufferLimit = 'client-output-buffer-limit'

async function shrinkBuffers({ cluster }: World): Promise<Undo> {
  await askRedis(cluster.redisUrl, 'CONFIG', 'SET', bufferLimit, 'pubsub 32kb 8kb 1')
  return () => untilDone(() => askRedis(cluster.redisUrl, 'CONFIG', 'SET', bufferLimit, 'pubsub 32mb 8mb 60'))
}

/** Looks for a connection with an open transaction for a while and kills it. */
async function killTransaction(world: World): Promise<Undo | undefined> {
  for (let tries = 0; tries < 20; tries++) {
    const [row] = await askDatabase(
      world.adminUrl,
      'SELECT trx_mysql_thread_id AS id FROM information_schema.innodb_trx WHERE trx_mysql_thread_id > 0 ORDER BY RAND() LIMIT 1',
    )
    const id: unknown = row?.['id']
    if (typeof id !== 'number') continue
    const isKilled = await askDatabase(world.adminUrl, `KILL ${id}`).then(
      () => true,
      () => false,
    )
    if (isKilled) return done
  }
  return undefined
}

/** Ends each in order as an operator would, the next one when the first is back. */
async function restartAll({ cluster }: World, kind: 'gateway' | 'chat'): Promise<Undo> {
  const members = [...cluster.members.values()].filter((member) => member.kind === kind)
  const restarted = (async () => {
    for (const member of members) {
      if (member.state() !== 'ready') continue
      const before = member.restarts()
      member.signal('SIGTERM')
      for (let waited = 0; member.restarts() === before && waited < 15_000; waited += 50) await wait(50)
      await member.whenReady()
    }
  })()
  restarted.catch(() => undefined)
  return () => restarted
}

/** What cannot be undone at once, since its server is down, is undone when it is back. */
async function untilDone(act: () => Promise<unknown>): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await act()
      return
    } catch (error) {
      if (tries === 60) throw error
      await wait(500)
    }
  }
}
