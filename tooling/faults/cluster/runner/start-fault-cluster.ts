import { mkdir, writeFile } from 'node:fs/promises'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Cluster, MemberName } from '../../../cluster/cluster.ts'
import { startCluster } from '../../../cluster/start-cluster.ts'
import { harnessEnv } from '../harness-env.ts'
import { compileServices } from './compile-services.ts'
import { makeFaultsAdmin } from '../nemeses/faults-admin.ts'
import { mountSmallDisk } from '../nemeses/small-disk.ts'
import type { World } from '../nemeses/world.ts'
import { createProxy, type Proxy } from '../proxy/create-proxy.ts'
import { passing, type ProxyMode } from '../proxy/proxy-mode.ts'

/** A cluster with a proxy on every edge. */
export interface FaultCluster {
  readonly cluster: Cluster
  readonly world: World
  /** Edges between members; the clients' doors are not among them. */
  readonly edges: readonly string[]
  /** Where clients may connect. */
  readonly doors: readonly { readonly name: string; readonly host: string; readonly port: number }[]
  readonly origin: string
  /** Who turns the doors; the clients of the present run. */
  readonly onDoor: (turn: (door: string, mode: ProxyMode) => void) => void
  readonly stop: () => Promise<void>
}

export interface FaultClusterOptions {
  readonly dataDir: string
  /** A mutant's copy of the tree; undefined: this one. */
  readonly projectDir?: string
}

const clockShift = fileURLToPath(new URL('../nemeses/clock-shift.mjs', import.meta.url))

/** Starts the product with proxies on all edges, raised budgets, shiftable clocks and, where possible, a disk to fill. */
export async function startFaultCluster({ dataDir, projectDir }: FaultClusterOptions): Promise<FaultCluster> {
  await mkdir(join(dataDir, 'clocks'), { recursive: true })
  const proxies = new Map<string, Proxy>()
  const smallDisk = await mountSmallDisk(join(dataDir, 'cluster', 'mariadb'))
  const clockFile = (name: MemberName) => join(dataDir, 'clocks', name)
  let turnDoor: (door: string, mode: ProxyMode) => void = () => undefined

  const compiled = await compileServices(join(dataDir, 'compiled'), projectDir)
  const cluster = await startCluster({
    dataDir: join(dataDir, 'cluster'),
    ...(projectDir !== undefined && { projectDir }),
    env: { ...harnessEnv, ...compiled },
    envOf: (name) =>
      name.startsWith('chat-')
        ? { NODE_OPTIONS: `--import=${clockShift}`, FAULTS_CLOCK_FILE: clockFile(name) }
        : {},
    between: async (from, to, address) => {
      const proxy = await createProxy(address)
      proxies.set(`${from}>${to}`, proxy)
      return proxy.address
    },
  }).catch(async (error: unknown) => {
    await smallDisk?.unmount()
    throw error
  })

  const adminUrl = await makeFaultsAdmin(cluster.databaseUrl('chat'))
  const turn = (edge: string, mode: ProxyMode): void => {
    const proxy = proxies.get(edge)
    if (proxy !== undefined) proxy.turn(mode)
    else turnDoor(edge.slice('clients>'.length), mode)
  }
  const doors = [...cluster.members.values()]
    .filter(({ kind }) => kind === 'balancer' || kind === 'gateway')
    .map(({ name, address }) => ({ name, ...address }))
  return {
    cluster,
    world: {
      cluster,
      adminUrl,
      turn,
      passAll: () => {
        for (const proxy of proxies.values()) if (proxy.mode().kind !== 'pass') proxy.turn(passing)
        for (const { name } of doors) turnDoor(name, passing)
      },
      shiftClock: (name, byMs) => writeFileSync(clockFile(name), String(byMs)),
      smallDisk,
    },
    edges: [...proxies.keys()],
    doors,
    origin: new URL(cluster.url).origin,
    onDoor: (turner) => {
      turnDoor = turner
    },
    stop: async () => {
      await writeFile(join(dataDir, 'output.txt'), allOutput(cluster)).catch(() => undefined)
      await cluster.stop()
      await Promise.all([...proxies.values()].map((proxy) => proxy.close()))
      await smallDisk?.unmount()
    },
  }
}

const allOutput = (cluster: Cluster): string =>
  [...cluster.members.values()].map((member) => `=== ${member.name}\n${member.output()}`).join('\n')
