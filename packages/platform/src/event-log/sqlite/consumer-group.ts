import type { EventHandlers, Subscription } from '../event-log.ts'
import { joinGroup } from './event-store.ts'
import { startSubscription, type GroupDeps, type SqliteSubscription } from './subscription.ts'

/** The readers of one group in this process: the first reads, the others wait for it to close. */
export interface ConsumerGroup {
  join(handlers: EventHandlers): Promise<Subscription>
  nudge(): void
  /** Closes the one that reads and lets nobody follow. */
  close(): Promise<void>
}

export function createConsumerGroup(group: string, deps: GroupDeps): ConsumerGroup {
  const waiting: EventHandlers[] = []
  let reading: { readonly handlers: EventHandlers; readonly subscription: SqliteSubscription } | undefined
  /** Joining and leaving, one after the other. */
  let turn: Promise<unknown> = Promise.resolve()

  const readOn = async (): Promise<void> => {
    const handlers = waiting.shift()
    if (handlers === undefined || reading !== undefined) return
    const position = await deps.database.transaction((trx) => joinGroup(trx, group, deps.clock.now()))
    reading = { handlers, subscription: startSubscription({ ...deps, group, handlers, position }) }
  }
  const stopReading = async (): Promise<void> => {
    const { subscription } = reading ?? {}
    await subscription?.close()
    reading = undefined
  }
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const done = turn.then(work)
    turn = done.catch(() => undefined)
    return done
  }

  const leave = (handlers: EventHandlers): Promise<void> =>
    inTurn(async () => {
      const place = waiting.indexOf(handlers)
      if (place !== -1) waiting.splice(place, 1)
      if (reading?.handlers !== handlers) return
      await stopReading()
      await readOn()
    })

  return {
    join: async (handlers) => {
      // A table of its own tells this reader from another one with the same handlers.
      const own = { ...handlers }
      waiting.push(own)
      await inTurn(async () => {
        if (reading === undefined) await readOn()
      })
      return { close: () => leave(own) }
    },
    nudge: () => reading?.subscription.nudge(),
    close: () => {
      waiting.length = 0
      return inTurn(stopReading)
    },
  }
}
