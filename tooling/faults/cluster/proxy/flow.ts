import type { Socket } from 'node:net'
import { concerns, type ProxyMode } from './proxy-mode.ts'

/** One direction of one proxied connection. */
export interface Flow {
  /** The mode of the edge changed. */
  readonly turn: (mode: ProxyMode) => void
  /** Takes nothing any more and drops what waits. */
  readonly stop: () => void
}

export interface FlowDeps {
  readonly side: 'up' | 'down'
  readonly from: Socket
  readonly to: Socket
  readonly mode: ProxyMode
  /** Both sockets are to be cut with RST. */
  readonly cut: () => void
}

type Waiting = { readonly dueMs: number; readonly chunk: Buffer | undefined }

/** Carries bytes from one socket to another as the edge's mode says; an end of the stream goes the same way. */
export function startFlow({ side, from, to, mode: first, cut }: FlowDeps): Flow {
  let mode = first
  let isStopped = false
  let isHeld = false
  let isFull = false
  /** Node tells the end of a paused socket that has nothing left to read. */
  let isEndHeld = false
  let waiting: Waiting[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let bytesLeft = first.kind === 'truncate' ? first.afterBytes : 0

  const isMine = (): boolean => 'direction' in mode && concerns(mode.direction, side)

  function write(chunk: Buffer): void {
    if (!to.writable || to.write(chunk)) return
    isFull = true
    from.pause()
  }

  function take(chunk: Buffer): void {
    if (isStopped) return
    if (mode.kind === 'truncate' && isMine()) return truncate(chunk)
    const dueMs = dueOf(chunk)
    if (dueMs === undefined) write(chunk)
    else enqueue({ dueMs, chunk })
  }

  function truncate(chunk: Buffer): void {
    if (chunk.length < bytesLeft) {
      bytesLeft -= chunk.length
      return write(chunk)
    }
    const part = chunk.subarray(0, bytesLeft)
    isStopped = true
    // The part is to arrive: the cut waits until it is written.
    if (to.writable) to.write(part, cut)
    else cut()
  }

  /** When this is to go on; undefined: at once. */
  function dueOf(chunk: Buffer | undefined): number | undefined {
    const last = waiting.at(-1)?.dueMs
    const nowMs = performance.now()
    if (isMine() && mode.kind === 'delay') return Math.max(last ?? 0, nowMs + mode.ms)
    if (isMine() && mode.kind === 'rate')
      return Math.max(last ?? 0, nowMs) + ((chunk?.length ?? 0) * 1_000) / mode.bytesPerSecond
    return last
  }

  function enqueue(item: Waiting): void {
    waiting.push(item)
    plan()
  }

  function plan(): void {
    const [next] = waiting
    if (timer !== undefined || next === undefined || isHeld) return
    timer = setTimeout(release, Math.max(0, next.dueMs - performance.now()))
  }

  function release(): void {
    timer = undefined
    if (isStopped || isHeld) return
    const nowMs = performance.now() + 0.5
    while (waiting[0] !== undefined && waiting[0].dueMs <= nowMs) {
      const item = waiting.shift()
      if (item?.chunk === undefined) to.end()
      else write(item.chunk)
    }
    plan()
  }

  function end(): void {
    if (isStopped) return
    if (isHeld) return void (isEndHeld = true)
    const dueMs = dueOf(undefined)
    if (dueMs === undefined) to.end()
    else enqueue({ dueMs, chunk: undefined })
  }

  function hold(shouldHold: boolean): void {
    isHeld = shouldHold
    if (shouldHold) from.pause()
    else if (!isFull) from.resume()
    plan()
    if (!shouldHold && isEndHeld) end()
  }

  from.on('data', take)
  from.on('end', end)
  to.on('drain', () => {
    isFull = false
    if (!isHeld && !isStopped) from.resume()
  })
  if (mode.kind === 'blackhole' && isMine()) hold(true)

  return {
    turn: (next) => {
      mode = next
      if (next.kind === 'truncate') bytesLeft = next.afterBytes
      const shouldHold = next.kind === 'blackhole' && isMine()
      if (shouldHold !== isHeld) hold(shouldHold)
    },
    stop: () => {
      isStopped = true
      clearTimeout(timer)
      waiting = []
    },
  }
}
