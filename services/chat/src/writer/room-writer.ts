import type { Clock } from '@our-now/platform/clock/clock.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { isLockedOut, isTransient, isUniqueViolation } from '@our-now/platform/database/dialect.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import { setTimeout as delay } from 'node:timers/promises'
import { createLockedOutRooms } from './locked-out-rooms.ts'
import { createLane, type Lane, type LaneLimits, type Waiting } from './lane.ts'
import type { RoomOperation } from './room-operation.ts'
import { writeBatch, type WrittenBatch } from './write-batch.ts'

/** The one way to change rooms. */
export interface RoomWriter {
  /**
   * Runs the operation in its room's lane. Durable when it resolves.
   *
   * @throws {AppError} what the operation refused with; overloaded; storage_full; unavailable; timeout when the
   * outcome is unknown.
   */
  run<T>(operation: RoomOperation<T>): Promise<T>
  /** Refuses what comes from now on and finishes what waits. */
  stop(): Promise<void>
}

export interface RoomWriterDeps {
  readonly database: Database
  readonly clock: Clock
  readonly log: Logger
  /** Tells the world; called after the commit and the answers. */
  readonly onWritten: (written: WrittenBatch) => void
  readonly lanes: LaneLimits & { readonly count: number }
}

/** Times that a room's operations are tried in a transaction of their own before they fail. */
const maxTries = 3

export function createRoomWriter({
  database,
  clock,
  log,
  onWritten,
  lanes: settings,
}: RoomWriterDeps): RoomWriter {
  const lanes = Array.from({ length: settings.count }, () => createLane(write, settings))
  const lockedOut = createLockedOutRooms()
  const alone = new Set<Promise<void>>()
  let isStopped = false

  async function write(batch: readonly Waiting[]): Promise<void> {
    const current = batch.filter(isStillAwaited).filter(isNotLockedOut)
    if (current.length === 0) return
    const rooms = byRoom(current)
    try {
      await commit(current)
    } catch (error) {
      const isOurs = isTransient(error) || isUniqueViolation(error) || !(error instanceof AppError)
      if (!isOurs) return rejectAll(current, error)
      if (isLockedOut(error) && rooms.length === 1) return refuseLockedOut(current, error)
      log.warn({ err: error, operations: current.length }, 'batch not written, trying room by room')
      // One of them is locked out, and has cost its wait once for all.
      for (const ofRoom of rooms) await writeApart(ofRoom, { mayWait: !isLockedOut(error) })
    }
  }

  async function commit(batch: readonly Waiting[], how?: { mayWait: boolean }): Promise<void> {
    const operations = batch.map(({ operation }) => operation)
    const written = await writeBatch({ database, clock }, operations, how)
    for (const [at, { resolve, reject }] of batch.entries()) {
      const outcome = written.outcomes[at]
      if (outcome?.ok === true) resolve(outcome.value)
      else reject(outcome?.error)
    }
    tellSafely(written)
  }

  /** It is committed: whatever goes wrong in telling must not look like a failed write. Pushes are hints. */
  function tellSafely(written: WrittenBatch): void {
    try {
      onWritten(written)
    } catch (error) {
      log.error({ err: error }, 'pushes of a batch failed')
    }
  }

  /** One room's operations on their own: a deadlock or a bug in one room must not fail the others. */
  async function writeApart(batch: readonly Waiting[], how: { mayWait: boolean }): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await commit(batch, how)
        return forgetLock(batch)
      } catch (error) {
        if (isLockedOut(error)) return refuseLockedOut(batch, error)
        if (attempt < maxTries && mayHelpToRepeat(error)) await delay(Math.random() * 20 * attempt)
        else if (isTransient(error)) return rejectAll(batch, unavailable(error))
        else if (error instanceof AppError || batch.length === 1) return rejectAll(batch, error)
        else break
      }
    }
    for (const waiting of batch) await writeApart([waiting], how)
  }

  function isStillAwaited({ operation, reject }: Waiting): boolean {
    if (operation.deadlineAtMs === undefined || clock.now() <= operation.deadlineAtMs) return true
    reject(new AppError('timeout'))
    return false
  }

  function isNotLockedOut({ operation, reject }: Waiting): boolean {
    if (!lockedOut.has(operation.roomId)) return true
    reject(unavailable())
    return false
  }

  function refuseLockedOut(batch: readonly Waiting[], error: unknown): void {
    for (const { operation } of batch) lockedOut.note(operation.roomId)
    log.warn({ roomId: batch[0]?.operation.roomId }, 'room is locked by somebody else')
    rejectAll(batch, unavailable(error))
  }

  function forgetLock(batch: readonly Waiting[]): void {
    for (const { operation } of batch) lockedOut.forget(operation.roomId)
  }

  function tryAlone(waiting: Waiting): void {
    const { roomId } = waiting.operation
    const attempt = lockedOut.tryAlone(roomId, () => writeApart([waiting], { mayWait: true }))
    if (attempt === undefined) return waiting.reject(unavailable())
    alone.add(attempt)
    void attempt.finally(() => alone.delete(attempt))
  }

  return {
    run<T>(operation: RoomOperation<T>): Promise<T> {
      if (isStopped) return Promise.reject(unavailable())
      const { promise, resolve, reject } = Promise.withResolvers<T>()
      // The cast holds: the lane answers with what this very operation's `run` returned.
      const waiting = { operation, resolve: resolve as (value: unknown) => void, reject }
      if (lockedOut.has(operation.roomId)) tryAlone(waiting)
      else laneOf(lanes, operation.roomId).push(waiting)
      return promise
    },
    async stop() {
      isStopped = true
      await Promise.all([...lanes.map((lane) => lane.idle()), ...alone])
    },
  }
}

/** A deadlock; or another replica made the same room or stored the same retry first, which the next try will find. */
const mayHelpToRepeat = (error: unknown): boolean => isTransient(error) || isUniqueViolation(error)

const unavailable = (cause?: unknown) =>
  new AppError('unavailable', undefined, { cause, retryAfterMs: 1_000 })

function laneOf(lanes: readonly Lane[], roomId: string): Lane {
  // The last digits of a UUID are random in every version.
  const lane = lanes[Number.parseInt(roomId.slice(-8), 16) % lanes.length]
  if (lane === undefined) throw new Error('a writer without lanes')
  return lane
}

function byRoom(batch: readonly Waiting[]): Waiting[][] {
  return [...Map.groupBy(batch, ({ operation }) => operation.roomId).values()]
}

function rejectAll(batch: readonly Waiting[], error: unknown): void {
  for (const { reject } of batch) reject(error)
}
