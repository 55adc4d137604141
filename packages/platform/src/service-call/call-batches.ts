import type { Reply } from '@our-now/contracts/errors.ts'
import { request as httpRequest, type Agent } from 'node:http'
import type { Secret } from '../config/secret.ts'

/** A call on its way to one replica. */
export interface BatchedCall {
  readonly operation: string
  readonly context: unknown
  readonly request: unknown
  /** Nobody waits for its answer after this instant. */
  readonly untilMs: number
}

export interface CallBatches {
  /** Rejects with the error of the way, or a TimeoutError; the outcome is then unknown. */
  post(url: string, call: BatchedCall): Promise<Reply<unknown>>
}

export interface CallBatchesOptions {
  readonly service: string
  readonly serviceToken: Secret
  readonly agent: Agent
  readonly nowMs: () => number
  /** What a status other than 200 means. */
  readonly toError: (status: number | undefined) => Error
}

interface Waiting {
  readonly text: string
  readonly untilMs: number
  readonly resolve: (reply: Reply<unknown>) => void
  readonly reject: (error: unknown) => void
}

interface Lane {
  waiting: Waiting[]
  /** Batches that nothing has been answered of. */
  unanswered: number
  immediate: NodeJS.Immediate | undefined
  timer: NodeJS.Timeout | undefined
}

const maxCalls = 256
const maxChars = 512 * 1024
/** With so many batches unanswered the next one waits for an answer, and grows … */
const maxUnanswered = 2
/** … but not for long, in ms: one slow call must not hold up the others. */
const maxWaitMs = 10

/**
 * Calls to one replica travel together: what comes up during a tick, or while earlier ones wait for their first answer,
 * is one request. Each call is answered as soon as it is done, on a line of its own.
 */
export function createCallBatches(options: CallBatchesOptions): CallBatches {
  const lanes = new Map<string, Lane>()

  function schedule(url: string, lane: Lane): void {
    if (lane.waiting.length === 0) return
    if (lane.unanswered < maxUnanswered) lane.immediate ??= setImmediate(flush, url, lane)
    else lane.timer ??= setTimeout(flush, maxWaitMs, url, lane)
  }

  function flush(url: string, lane: Lane): void {
    clearImmediate(lane.immediate)
    clearTimeout(lane.timer)
    lane.immediate = undefined
    lane.timer = undefined
    const batch = lane.waiting.splice(0, countFitting(lane.waiting))
    if (batch.length === 0) return
    lane.unanswered += 1
    let isAnswered = false
    send(url, batch, () => {
      if (isAnswered) return
      isAnswered = true
      lane.unanswered -= 1
      schedule(url, lane)
    })
    schedule(url, lane)
  }

  function send(url: string, batch: readonly Waiting[], onAnswer: () => void): void {
    const open = new Map(batch.map((waiting, at) => [at, waiting]))
    const body = `{"calls":[${batch.map(({ text }) => text).join(',')}]}`
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'x-service-token': options.serviceToken.reveal(),
    }
    const outgoing = httpRequest(`${url}/batches/${options.service}`, {
      method: 'POST',
      agent: options.agent,
      headers,
    })
    const timers = batch.map(({ untilMs }, at) =>
      setTimeout(() => giveUp(at), Math.max(1, untilMs - options.nowMs())),
    )
    const giveUp = (at: number): void => {
      open.get(at)?.reject(new DOMException('no answer in time', 'TimeoutError'))
      open.delete(at)
      if (open.size === 0) outgoing.destroy()
      onAnswer()
    }
    const fail = (error: Error): void => {
      for (const timer of timers) clearTimeout(timer)
      for (const { reject } of open.values()) reject(error)
      open.clear()
      onAnswer()
    }
    const answer = (line: string): void => {
      /** True because only our own `serveOverHttp` answers there. */
      const { at, reply } = JSON.parse(line) as { at: number; reply: Reply<unknown> }
      clearTimeout(timers[at])
      open.get(at)?.resolve(reply)
      open.delete(at)
    }
    outgoing.on('error', fail)
    outgoing.on('response', (incoming) => {
      if (incoming.statusCode !== 200) {
        incoming.resume()
        return fail(options.toError(incoming.statusCode))
      }
      let rest = ''
      incoming.setEncoding('utf8')
      incoming.on('data', (chunk: string) => {
        const lines = (rest + chunk).split('\n')
        rest = lines.pop() ?? ''
        try {
          for (const line of lines) answer(line)
        } catch (error) {
          fail(new Error('no reply was to be read', { cause: error }))
        }
        onAnswer()
      })
      incoming.on('error', fail)
      incoming.on('close', () => fail(new Error('ended before every answer')))
    })
    outgoing.end(body)
  }

  return {
    post: (url, { untilMs, ...call }) =>
      new Promise((resolve, reject) => {
        let lane = lanes.get(url)
        if (lane === undefined) {
          lane = { waiting: [], unanswered: 0, immediate: undefined, timer: undefined }
          lanes.set(url, lane)
        }
        lane.waiting.push({ text: JSON.stringify(call), untilMs, resolve, reject })
        schedule(url, lane)
      }),
  }
}

/** At least one, and no more than the other side takes at once. */
function countFitting(waiting: readonly Waiting[]): number {
  let chars = 0
  let count = 0
  for (const { text } of waiting) {
    chars += text.length
    if (count > 0 && (chars > maxChars || count === maxCalls)) break
    count += 1
  }
  return count
}
