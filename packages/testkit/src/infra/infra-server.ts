/** A real server of the infrastructure that runs on this machine, or was given from outside. */
export interface InfraServer {
  /** How a client of this machine calls it: `mysql://root@127.0.0.1:3307`, `redis://127.0.0.1:6380`, `kafka://127.0.0.1:9093`. */
  readonly url: string
  readonly port: number
  /** Undefined: it runs elsewhere, and cannot be killed or paused from here. */
  readonly pid: number | undefined
  /** Resolves when the process has ended, by whatever cause; never for one that runs elsewhere. */
  readonly ended: Promise<void>
  /** SIGTERM, then SIGKILL after 10 s. The data folder stays. */
  stop(): Promise<void>
  /** SIGKILL; resolves when it is gone. The data folder stays. */
  kill(): Promise<void>
}

/** Where a server keeps its data and listens. Started again with the same options, it goes on with the same data. */
export interface StartServerOptions {
  /** Made if missing; never removed here. */
  readonly dataDir: string
  /** On 127.0.0.1; undefined: a free one. */
  readonly port?: number
  /** How clients are told to call it, where that differs (Kafka behind a proxy): `127.0.0.1:9093`. */
  readonly advertised?: string
  /** How long it may take to answer, in ms; 30 000. */
  readonly readyWithinMs?: number
}
