/**
 * The history of one run: what every virtual client asked, was told and was shown, and which faults ran, one JSON
 * line each, in the order it was written down. Times are ms on the runner's monotonic clock; all clients of a run share
 * it, so "before" means before.
 */
export type HistoryLine = OperationLine | DeliveryLine | RejoinLine | FaultLine | PhaseLine | SampleLine

/** `ok` and `fail`: the outcome is known. `info`: it is not, and never became so. */
type OperationType = 'invoke' | 'ok' | 'fail' | 'info'

/** Something a client asked for. Lines of one operation share `op`, which is unique in the run. */
export interface OperationLine {
  readonly t: number
  readonly client: string
  readonly userId: string
  readonly type: OperationType
  readonly op: string
  readonly f: 'send' | 'delete' | 'sync' | 'invite' | 'kick' | 'leave' | 'read' | 'open-room'
  readonly roomId: string
  /** send: its clientMessageId. delete: of the message deleted. */
  readonly id?: string
  /** send: hash of the text. */
  readonly hash?: string
  /** send ok: where it is. sync ok: the last seq it gave. */
  readonly seq?: number
  /** sync: what the client had. */
  readonly have?: number
  /** sync ok, open-room ok: the head that was told. */
  readonly head?: number
  /** invite, kick: whom. */
  readonly subject?: string
  /** fail, info: the coded failure. */
  readonly code?: string
  readonly isRetryable?: boolean
  /** send: sent deliberately a second time with the same id. */
  readonly isRepeat?: boolean
}

/** The client applied one event of a room log. */
export interface DeliveryLine {
  readonly t: number
  readonly client: string
  readonly userId: string
  readonly f: 'deliver'
  readonly roomId: string
  readonly seq: number
  readonly kind: string
  readonly actorId?: string
  /** message-created: its clientMessageId and the hash of its text. */
  readonly id?: string
  readonly hash?: string
  /** By what way: the push, or a read that mended a hole. */
  readonly by?: 'push' | 'sync'
}

/** The client began to follow a room at `have`, left it off, was reset, was taken out, or lost or got its connection. */
export interface RejoinLine {
  readonly t: number
  readonly client: string
  readonly userId: string
  readonly f: 'follow' | 'unfollow' | 'reset' | 'removed' | 'connected' | 'disconnected'
  readonly roomId?: string
  readonly have?: number
  readonly reason?: string
}

export interface FaultLine {
  readonly t: number
  readonly f: 'fault'
  readonly type: 'start' | 'stop'
  /** Unique in the run; start and stop share it. */
  readonly fault: string
  /** kill, pause, blackhole, reset, half-open, delay, truncate, pubsub-kill, disk-full, read-only, clock-jump, … */
  readonly kind: string
  /** gateway-1, chat-2, mariadb, redis, kafka, or an edge: gateway-1>chat-2 */
  readonly target: string
}

export interface PhaseLine {
  readonly t: number
  readonly f: 'phase'
  readonly phase: 'warm-up' | 'faults' | 'healed' | 'quiesced' | 'final-sync' | 'end'
}

/** Resources of one process, every few seconds. */
export interface SampleLine {
  readonly t: number
  readonly f: 'sample'
  readonly process: string
  readonly rssKiB: number
  readonly fds: number
  readonly cpuMs: number
  /** Of the database server: connections open. */
  readonly connections?: number
}

/** What is left on disk and in the topic when everything has come to rest. */
export interface FinalState {
  readonly rooms: readonly {
    readonly roomId: string
    readonly lastSeq: number
    readonly lastOrdinal: number
  }[]
  readonly events: readonly StoredEvent[]
  readonly members: readonly StoredMember[]
  /** Rows that the relay has not delivered. */
  readonly outboxLeft: number
  /** The room events of the topic, in the order of each partition. */
  readonly topic: readonly { readonly partition: number; readonly roomId: string; readonly seq: number }[]
  /** Effects of consumers, as they are stored, by name; recomputed from the log by the checker. */
  readonly effects: Readonly<Record<string, unknown>>
  /** What each client holds of each room at the end, and what a fresh read gives: S15. */
  readonly views: readonly ClientView[]
}

export interface StoredEvent {
  readonly roomId: string
  readonly seq: number
  readonly kind: string
  readonly authorId: string | undefined
  readonly clientMessageId: string | undefined
  /** message-created, while its text is kept. */
  readonly hash: string | undefined
  readonly ordinal: number | undefined
  /** Membership events: whom they concern. */
  readonly subjects: readonly string[]
}

export interface StoredMember {
  readonly roomId: string
  readonly userId: string
  readonly joinedSeq: number
  readonly readSeq: number
  readonly readOrdinal: number
}

export interface ClientView {
  readonly client: string
  readonly userId: string
  readonly roomId: string
  readonly isMember: boolean
  readonly have: number
  /** Hash over the state of the messages that the client's reducer holds, and over those of a fresh read of the same range. */
  readonly reducedHash: string
  readonly freshHash: string
}
