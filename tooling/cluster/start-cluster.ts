import { createMysqlDatabase } from '@our-now/testkit/infra/mariadb-databases.ts'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Cluster, ClusterOptions, InfraName, Member, MemberName, ServiceKind } from './cluster.ts'
import { findFreePorts } from './free-ports.ts'
import { launchInfra } from './launch-infra.ts'
import { makeAuthKeys, type AuthKeys } from './make-auth-keys.ts'
import { makeVisionKey } from './make-vision-key.ts'
import { keepMember, launchProgram, type KeptMember, type MemberPlan } from './keep-member.ts'

const thisProject = fileURLToPath(new URL('../../', import.meta.url))
const host = '127.0.0.1'
const databaseUsers = ['chat', 'auth', 'presence', 'vision'] as const

/**
 * Starts MariaDB, Redis and Kafka, a database per service, the services and the balancer, each as soon as what it needs
 * is ready, and keeps them running. The caller stops it; should the caller die, everybody ends.
 *
 * @throws {Error} when a member does not become ready, with the end of what it printed
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const counts = { gateway: 2, chat: 2, auth: 1, presence: 1, media: 0, vision: 1, ...options.replicas }
  const names = listNames(counts)
  const ports = await findFreePorts(names.length)
  const addresses = new Map(names.map((name, index) => [name, { host, port: ports[index] ?? 0 }]))
  if (options.port !== undefined) addresses.set('balancer-1', { host, port: options.port })
  const addressOf = (name: MemberName) => addresses.get(name) ?? { host, port: 0 }
  const serviceToken = randomBytes(32).toString('base64url')
  const members = new Map<MemberName, KeptMember>()
  const reach = createEdges(options, addressOf)
  const authKeys = await makeAuthKeys(join(options.dataDir, 'auth'))
  const visionKeyFile = await makeVisionKey(join(options.dataDir, 'vision'))
  const context: Context = { authKeys, visionKeyFile, options, addressOf, reach, names, serviceToken }

  const add = (plan: MemberPlan): KeptMember => {
    const member = keepMember(plan, { restarts: options.restarts ?? true, onChange: options.onChange })
    members.set(plan.name, member)
    return member
  }
  let isStopped = false
  const stop = async (): Promise<void> => {
    isStopped = true
    for (const kinds of stopOrder)
      await Promise.all(
        [...members.values()].filter(({ kind }) => kinds.includes(kind)).map((member) => member.stop()),
      )
  }
  void options.stopWhen?.then(stop)
  try {
    const infra = (['mariadb', 'redis', 'kafka'] as const).map((name) => add(infraPlan(name, context)))
    await Promise.all(infra.map((member) => member.start()))
    await Promise.all(
      databaseUsers.map((service) =>
        createMysqlDatabase(mysqlUrl(addressOf('mariadb')), databaseName(service)),
      ),
    )
    for (const kinds of startOrder) {
      const wanted = names.filter((name) => kinds.includes(kindOf(name)))
      const plans = await Promise.all(wanted.map((name) => servicePlan(name, context)))
      if (isStopped) throw new Error('stopped while starting')
      await Promise.all(plans.map((plan) => add(plan).start()))
    }
  } catch (error) {
    await stop()
    throw error
  }
  const url = `http://localhost:${addressOf('balancer-1').port}`
  return {
    url,
    gatewayUrls: names
      .filter((name) => kindOf(name) === 'gateway')
      .map((name) => `http://${host}:${addressOf(name).port}`),
    members,
    databaseUrl: (service) => `${mysqlUrl(addressOf('mariadb'))}/${databaseName(service)}`,
    redisUrl: `redis://${host}:${addressOf('redis').port}`,
    kafkaUrl: `kafka://${host}:${addressOf('kafka').port}`,
    serviceToken,
    stop,
  }
}

/** Those of one line start together. */
const startOrder: readonly (readonly Member['kind'][])[] = [
  ['auth', 'chat', 'presence', 'media', 'vision'],
  ['gateway'],
  ['balancer'],
]
const stopOrder: readonly (readonly Member['kind'][])[] = [
  ['balancer'],
  ['gateway'],
  ['auth', 'chat', 'presence', 'media', 'vision'],
  ['kafka', 'redis', 'mariadb'],
]

type Address = Member['address']

interface Context {
  readonly options: ClusterOptions
  readonly addressOf: (name: MemberName) => Address
  /** Where `from` finds `to`. */
  readonly reach: (from: MemberName, to: MemberName) => Promise<Address>
  readonly names: readonly MemberName[]
  readonly serviceToken: string
  readonly authKeys: AuthKeys
  readonly visionKeyFile: string
}

function listNames(counts: Record<Exclude<ServiceKind, 'balancer'>, number>): MemberName[] {
  const names: MemberName[] = ['mariadb', 'redis', 'kafka', 'balancer-1']
  for (const kind of ['auth', 'chat', 'presence', 'media', 'vision', 'gateway'] as const)
    for (let number = 1; number <= counts[kind]; number++) names.push(`${kind}-${number}`)
  return names
}

/** True because names are made of their kind. */
const kindOf = (name: MemberName): Member['kind'] => name.split('-')[0] as InfraName | ServiceKind

/** Where the bootstrap found mediasoup's worker; the services' own environment holds nothing but what is said here. */
function workerSetting(): Record<string, string> {
  const path = process.env['MEDIA_WORKER_BIN']
  return path === undefined ? {} : { MEDIA_WORKER_BIN: path }
}

const mysqlUrl = ({ host: at, port }: Address): string => `mysql://root@${at}:${port}`
const databaseName = (service: string): string => `our_now_${service}`

/** Asks once per edge. Kafka tells its clients one address, so all services reach it over one edge. */
function createEdges(
  { between }: ClusterOptions,
  addressOf: (name: MemberName) => Address,
): Context['reach'] {
  const known = new Map<string, Promise<Address>>()
  return (from, to) => {
    const edge = to === 'kafka' ? 'services>kafka' : `${from}>${to}`
    const address =
      known.get(edge) ??
      (between === undefined ? Promise.resolve(addressOf(to)) : between(from, to, addressOf(to)))
    known.set(edge, address)
    return address
  }
}

function infraPlan(name: InfraName, { options, addressOf, reach }: Context): MemberPlan {
  const address = addressOf(name)
  return {
    name,
    kind: name,
    address,
    launch: async () =>
      launchInfra(name, {
        dataDir: join(options.dataDir, name),
        port: address.port,
        advertised: name === 'kafka' ? await reach('chat-1', 'kafka') : address,
      }),
    isReady: async () => true,
  }
}

async function servicePlan(name: MemberName, context: Context): Promise<MemberPlan> {
  const { options, addressOf } = context
  const kind = kindOf(name)
  const env = { ...(await settingsOf(name, kind, context)), ...options.env, ...options.envOf?.(name) }
  const { port } = addressOf(name)
  const cwd = options.projectDir ?? thisProject
  const program = kind === 'balancer' ? 'tooling/cluster/balancer/main.ts' : `services/${kind}/src/main.ts`
  const readyUrl = `http://${host}:${port}/${kind === 'balancer' ? 'balancer/' : ''}readyz`
  return {
    name,
    kind,
    address: addressOf(name),
    launch: () => launchProgram([program], { cwd, env }),
    isReady: async () => {
      try {
        return (await fetch(readyUrl, { signal: AbortSignal.timeout(1_000) })).ok
      } catch {
        return false
      }
    },
  }
}

async function settingsOf(
  name: MemberName,
  kind: Member['kind'],
  context: Context,
): Promise<Record<string, string>> {
  const { addressOf, reach, names, serviceToken, authKeys, visionKeyFile } = context
  const { port } = addressOf(name)
  const toUrl = async (to: MemberName, scheme = 'http'): Promise<string> => {
    const at = await reach(name, to)
    return `${scheme}://${at.host}:${at.port}`
  }
  const urlsOf = async (wanted: ServiceKind): Promise<string> =>
    (await Promise.all(names.filter((other) => kindOf(other) === wanted).map((other) => toUrl(other)))).join(
      ',',
    )
  const publicUrl = `http://localhost:${addressOf('balancer-1').port}`
  if (kind === 'balancer') return { BALANCER_PORT: String(port), BALANCER_GATEWAYS: await urlsOf('gateway') }
  const redis = await toUrl('redis', 'redis')
  const common = {
    SERVICE_TOKEN: serviceToken,
    LOG_LEVEL: 'warn',
    LEASE_STORE_URL: redis,
    SOCKET_HUB_URL: redis,
  }
  if (kind === 'gateway')
    return {
      ...common,
      GATEWAY_PORT: String(port),
      GATEWAY_PUBLIC_URL: publicUrl,
      // Each gateway's own door too, and this machine by its other name.
      GATEWAY_EXTRA_ORIGINS: names
        .filter((other) => kindOf(other) === 'gateway' || other === 'balancer-1')
        .map((other) => `http://${host}:${addressOf(other).port}`)
        .join(','),
      GATEWAY_TRUST_PROXY: 'true',
      GATEWAY_STATIC_DIR: join(thisProject, 'web/dist'),
      GATEWAY_DOCS_DIR: join(thisProject, 'docs/protocol'),
      GATEWAY_DRAIN_MS: '5000',
      AUTH_URL: await urlsOf('auth'),
      CHAT_URL: await urlsOf('chat'),
      PRESENCE_URL: await urlsOf('presence'),
      VISION_URL: await urlsOf('vision'),
      ...(names.includes('media-1') && { MEDIA_URL: await urlsOf('media') }),
    }
  if (kind === 'media')
    return {
      ...common,
      MEDIA_PORT: String(port),
      CHAT_URL: await urlsOf('chat'),
      // Several nodes share this machine's cores.
      MEDIA_WORKERS: '1',
      ...workerSetting(),
    }
  const prefix = kind.toUpperCase()
  const database = await toUrl('mariadb', 'mysql')
  return {
    ...common,
    [`${prefix}_PORT`]: String(port),
    [`${prefix}_DATABASE_URL`]: `${database.replace('//', '//root@')}/${databaseName(kind)}`,
    EVENT_LOG_URL: await toUrl('kafka', 'kafka'),
    ...(kind === 'vision' && { VISION_KEY_FILE: visionKeyFile, CHAT_URL: await urlsOf('chat') }),
    ...(kind === 'auth' && {
      AUTH_SIGNING_KEY_FILE: authKeys.signingKeyFile,
      AUTH_REFRESH_KEY_FILE: authKeys.refreshKeyFile,
      AUTH_FACTOR_KEY_FILE: authKeys.factorKeyFile,
      VISION_URL: await urlsOf('vision'),
    }),
  }
}
