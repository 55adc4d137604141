import type {
  DeliveryLine,
  FaultLine,
  FinalState,
  HistoryLine,
  OperationLine,
  PhaseLine,
  RejoinLine,
  SampleLine,
  StoredEvent,
} from '../history.ts'

/** A history arranged so that each invariant is one walk over it. */
export interface Facts {
  readonly sends: readonly Send[]
  readonly sendOf: (roomId: string, userId: string, id: string | undefined) => Send | undefined
  readonly operations: readonly Operation[]
  /** What each client applied and when it began and ended to follow, per client and room, in order of time. */
  readonly streams: readonly Stream[]
  readonly faults: readonly FaultSpan[]
  readonly phaseAt: (phase: PhaseLine['phase']) => number | undefined
  readonly connections: ReadonlyMap<string, readonly RejoinLine[]>
  readonly samples: readonly SampleLine[]
  /** Room → seq → its event. */
  readonly log: ReadonlyMap<string, ReadonlyMap<number, StoredEvent>>
  readonly final: FinalState
  readonly endMs: number
}

export interface Send {
  readonly client: string
  readonly userId: string
  readonly roomId: string
  readonly id: string
  readonly hash: string | undefined
  readonly invokedAt: number
  /** Every answer that said where it is. */
  readonly acks: { readonly t: number; readonly seq: number }[]
  /** The last that was refused or never answered. */
  failure: { readonly t: number; readonly code: string; readonly isRetryable: boolean } | undefined
  /** When the device was asked at the end and knew nothing of it: neither arrived nor refused. */
  leftOpenAt: number | undefined
}

interface Operation {
  readonly invoke: OperationLine
  /** Undefined: nothing was heard of it. */
  readonly end: OperationLine | undefined
}

export interface Stream {
  readonly client: string
  readonly userId: string
  readonly roomId: string
  readonly lines: readonly (DeliveryLine | RejoinLine)[]
}

interface FaultSpan {
  readonly kind: string
  readonly target: string
  readonly fromMs: number
  readonly toMs: number
}

const keyOf = (...parts: readonly (string | undefined)[]): string => parts.join(' ')

export function collectFacts(lines: Iterable<HistoryLine>, final: FinalState): Facts {
  const sends = new Map<string, Send>()
  const operations = new Map<string, { invoke: OperationLine; end: OperationLine | undefined }>()
  const streams = new Map<string, Stream & { lines: (DeliveryLine | RejoinLine)[] }>()
  const connections = new Map<string, RejoinLine[]>()
  const open = new Map<string, FaultLine>()
  const faults: FaultSpan[] = []
  const phases = new Map<string, number>()
  const samples: SampleLine[] = []
  let endMs = 0

  for (const line of lines) {
    endMs = Math.max(endMs, line.t)
    if (line.f === 'phase') phases.set(line.phase, line.t)
    else if (line.f === 'sample') samples.push(line)
    else if (line.f === 'fault') noteFault(line)
    else if (line.f === 'connected' || line.f === 'disconnected') push(connections, line.client, line)
    else if (isOperation(line)) noteOperation(line)
    else noteStream(line)
  }
  for (const { kind, target, t } of open.values()) faults.push({ kind, target, fromMs: t, toMs: endMs })
  const sendOf: Facts['sendOf'] = (roomId, userId, id) => sends.get(keyOf(roomId, userId, id))
  return {
    sends: [...sends.values()],
    sendOf,
    operations: [...operations.values()],
    streams: [...streams.values()],
    faults,
    phaseAt: (phase) => phases.get(phase),
    connections,
    samples,
    log: arrangeLog(final.events),
    final,
    endMs,
  }

  function noteFault(line: FaultLine): void {
    const begun = open.get(line.fault)
    if (line.type === 'start') open.set(line.fault, line)
    else if (begun !== undefined) {
      open.delete(line.fault)
      faults.push({ kind: line.kind, target: line.target, fromMs: begun.t, toMs: line.t })
    }
  }

  function noteOperation(line: OperationLine): void {
    if (line.f === 'send') noteSend(line)
    const known = operations.get(line.op)
    if (line.type === 'invoke') operations.set(line.op, { invoke: line, end: undefined })
    else if (known !== undefined) known.end = line
  }

  function noteSend({
    client,
    userId,
    roomId,
    id = '',
    hash,
    type,
    t,
    seq,
    code,
    isRetryable,
    isRepeat,
  }: OperationLine): void {
    const key = keyOf(roomId, userId, id)
    let send = sends.get(key)
    if (send === undefined) {
      send = {
        client,
        userId,
        roomId,
        id,
        hash,
        invokedAt: t,
        acks: [],
        failure: undefined,
        leftOpenAt: undefined,
      }
      sends.set(key, send)
    }
    if (type === 'ok' && seq !== undefined) send.acks.push({ t, seq })
    if (type === 'fail' || type === 'info')
      send.failure = { t, code: code ?? 'unknown', isRetryable: isRetryable ?? type === 'info' }
    if (type === 'info' && isRetryable === true && isRepeat !== true) send.leftOpenAt = t
  }

  function noteStream(line: DeliveryLine | RejoinLine): void {
    if (line.roomId === undefined) return
    const key = keyOf(line.client, line.roomId)
    const known = streams.get(key)
    if (known === undefined)
      streams.set(key, { client: line.client, userId: line.userId, roomId: line.roomId, lines: [line] })
    else known.lines.push(line)
  }
}

const isOperation = (line: HistoryLine): line is OperationLine => 'op' in line

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}

function arrangeLog(events: readonly StoredEvent[]): Map<string, Map<number, StoredEvent>> {
  const log = new Map<string, Map<number, StoredEvent>>()
  for (const event of events) {
    const room = log.get(event.roomId) ?? new Map<number, StoredEvent>()
    log.set(event.roomId, room.set(event.seq, event))
  }
  return log
}
