import type { Client, OutboxEntry } from '@our-now/client/client.ts'
import type { Recorder } from './recorder.ts'
import { hashOfText } from './recorder.ts'

/** What became of the messages that a client's outbox sends. */
export interface SendRecord {
  /** Messages of a room not yet acknowledged. */
  readonly waitingIn: (roomId: string) => number
  readonly waiting: () => number
  readonly acked: () => number
  /** Tries without an answer: the outcome was unknown for a while. */
  readonly unknown: () => number
  /** A few of its own acknowledged messages, to delete some. */
  readonly takeRecent: () =>
    { readonly roomId: string; readonly seq: number; readonly id: string } | undefined
  /** An own message came back in the room's log: that says as much as an acknowledgement. */
  readonly noteDelivered: (id: string, seq: number) => void
  /** Records what never got an answer. */
  readonly close: () => void
}

interface Sending {
  readonly op: string
  readonly roomId: string
  readonly id: string
  readonly hash: string
  isUnknown: boolean
}

export interface RecordSendsDeps {
  readonly client: Client
  readonly base: { readonly client: string; readonly userId: string }
  readonly recorder: Recorder
  readonly nextOp: () => string
  readonly onSending: (send: { roomId: string; id: string; text: string }) => void
}

const maxRecent = 20

/** Watches the outbox: the first sending of a message is its invocation, the acknowledgement its end. */
export function recordSends({ client, base, recorder, nextOp, onSending }: RecordSendsDeps): SendRecord {
  const open = new Map<string, Sending>()
  const waiting = new Map<string, number>()
  const recent: { roomId: string; seq: number; id: string }[] = []
  let acked = 0
  let unknown = 0

  function line(type: 'invoke' | 'ok' | 'fail' | 'info', sending: Sending, rest: object = {}): void {
    const { op, roomId, id, hash } = sending
    recorder.write({ t: recorder.now(), ...base, type, op, f: 'send', roomId, id, hash, ...rest })
  }

  function succeed(sending: Sending, seq: number): void {
    line('ok', sending, { seq })
    open.delete(sending.id)
    acked += 1
    recent.push({ roomId: sending.roomId, seq, id: sending.id })
    if (recent.length > maxRecent) recent.shift()
  }

  function look(entry: OutboxEntry): void {
    const { clientMessageId: id, roomId, state, text, seq, failure } = entry
    const sending = open.get(id)
    if (state === 'sending' && sending === undefined) {
      const begun = { op: nextOp(), roomId, id, hash: hashOfText(text), isUnknown: false }
      open.set(id, begun)
      line('invoke', begun)
      onSending({ roomId, id, text })
    }
    if (sending === undefined) return
    if (state === 'sent' && seq !== undefined) succeed(sending, seq)
    if (state === 'queued' && !sending.isUnknown) {
      sending.isUnknown = true
      unknown += 1
    }
    if (state === 'failed') {
      // Refused now, but an earlier try without an answer may have been written.
      line(sending.isUnknown ? 'info' : 'fail', sending, { code: failure, isRetryable: false })
      open.delete(id)
      void client.outbox.discard(id)
    }
  }

  client.on('outbox-changed', ({ entries }) => {
    waiting.clear()
    for (const entry of entries) {
      look(entry)
      if (entry.state === 'queued' || entry.state === 'sending')
        waiting.set(entry.roomId, (waiting.get(entry.roomId) ?? 0) + 1)
    }
  })

  return {
    waitingIn: (roomId) => waiting.get(roomId) ?? 0,
    waiting: () => [...waiting.values()].reduce((sum, count) => sum + count, 0),
    acked: () => acked,
    unknown: () => unknown,
    takeRecent: () => recent.shift(),
    noteDelivered: (id, seq) => {
      const sending = open.get(id)
      if (sending !== undefined) succeed(sending, seq)
    },
    close: () => {
      for (const sending of open.values()) line('info', sending, { code: 'timeout', isRetryable: true })
      open.clear()
    },
  }
}
