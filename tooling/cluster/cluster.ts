/** The product over many processes on this machine: what `npm run cluster` shows and what the fault harness breaks. */

export type InfraName = 'mariadb' | 'redis' | 'kafka'
export type ServiceKind = 'gateway' | 'chat' | 'auth' | 'presence' | 'media' | 'vision' | 'balancer'

/** `gateway-1`, `chat-2`, `auth-1`, `presence-1`, `media-1`, `vision-1`, `balancer-1`, `mariadb`, `redis`, `kafka`. */
export type MemberName = InfraName | `${ServiceKind}-${number}`

/** One process of the cluster. Its ports, settings and data stay the same over restarts. */
export interface Member {
  readonly name: MemberName
  readonly kind: InfraName | ServiceKind
  /** Where it listens itself, without what is put in between. */
  readonly address: { readonly host: string; readonly port: number }
  /** Undefined while it is down. */
  pid(): number | undefined
  state(): 'starting' | 'ready' | 'down' | 'stopped'
  /** Times it was started again by the keeper or by `start`. */
  restarts(): number
  /** Sends a signal to the process; SIGKILL, SIGSTOP, SIGCONT, SIGTERM. Does nothing while it is down. */
  signal(signal: NodeJS.Signals): void
  /** Starts it where it is down, and resolves when it is ready. */
  start(): Promise<void>
  /** Resolves when it is ready again, whoever starts it. */
  whenReady(): Promise<void>
  /** Everything it printed lately, both streams. */
  output(): string
}

export interface ClusterOptions {
  /** Data of all members, made if missing, not removed. */
  readonly dataDir: string
  /** Where the balancer listens on loopback; undefined: a free port. */
  readonly port?: number
  /** Most of each; 2 gateways, 2 chats, 1 auth, 1 presence, 1 vision where unsaid, and no media: it needs mediasoup's worker. */
  readonly replicas?: Partial<Record<Exclude<ServiceKind, 'balancer'>, number>>
  /** Settings of the services besides the defaults, for all or by kind. */
  readonly env?: Readonly<Record<string, string>>
  readonly envOf?: (name: MemberName) => Readonly<Record<string, string>>
  /** False: what dies stays down until `start`. */
  readonly restarts?: boolean
  /** The tree whose services are started; undefined: this one. Mutants run from a copy. */
  readonly projectDir?: string
  /**
   * Puts something between two members: told where `to` listens, it gives the address that `from` is to use instead.
   * Asked once per edge before the first start. Undefined: they talk directly.
   */
  readonly between?: (
    from: MemberName,
    to: MemberName,
    address: { readonly host: string; readonly port: number },
  ) => Promise<{ readonly host: string; readonly port: number }>
  readonly onChange?: (member: Member) => void
  /** When it resolves while the cluster is still being started, the start is given up: `startCluster` rejects. */
  readonly stopWhen?: Promise<void>
}

export interface Cluster {
  /** The balancer: one url for people. */
  readonly url: string
  /** Each gateway by itself. */
  readonly gatewayUrls: readonly string[]
  readonly members: ReadonlyMap<MemberName, Member>
  /** For tests and reports: the url of a service's database, of Redis and of Kafka, direct. */
  readonly databaseUrl: (service: 'chat' | 'auth' | 'presence' | 'vision') => string
  readonly redisUrl: string
  readonly kafkaUrl: string
  readonly serviceToken: string
  /** Ends everybody in order; data stays. */
  stop(): Promise<void>
}
