import { setTimeout as wait } from 'node:timers/promises'
import { hear, type Talker } from './talkers.ts'

export interface Group {
  readonly roomId: string
  readonly talkers: readonly Talker[]
}

/** What people saw while they talked. */
export interface TalkReport {
  readonly sent: number
  /** Messages that a person would have been told could not be sent. */
  readonly failed: number
  /** Members × messages that did not come, or came twice. */
  readonly missed: number
  readonly repeated: number
  /** Times that somebody's page said that it is not connected. */
  readonly disconnects: number
  /** The longest time that each person heard nothing, 99th percentile over all people, in ms. */
  readonly gapP99Ms: number
}

const allThereWithinMs = 20_000

/** Everybody in every group talks in turn, `rate` messages a second over all, until `stop`. */
export function startTalk(groups: readonly Group[], rate: number): { stop(): Promise<TalkReport> } {
  const texts = new Map<string, string[]>()
  const heard: { readonly roomId: string; readonly texts: readonly string[] }[] = []
  const gaps: number[] = []
  const failedIds = new Set<string>()
  let disconnects = 0
  let isTalking = true
  const mayGoOn = (): boolean => isTalking
  const cleanups: (() => void)[] = []

  for (const { roomId, talkers } of groups) {
    texts.set(roomId, [])
    for (const { client } of talkers) {
      heard.push({ roomId, texts: hear(client, roomId) })
      const mine = gaps.push(0) - 1
      let lastMs = performance.now()
      const note = (): void => {
        if (isTalking) gaps[mine] = Math.max(gaps[mine] ?? 0, performance.now() - lastMs)
        lastMs = performance.now()
      }
      cleanups.push(
        note,
        client.on('room-events', note),
        client.on('connection-changed', ({ state }) => {
          if (state !== 'online') disconnects += 1
        }),
        client.on('outbox-changed', ({ entries }) => {
          for (const entry of entries) if (entry.state === 'failed') failedIds.add(entry.clientMessageId)
        }),
      )
    }
  }

  const talking = (async () => {
    const startMs = performance.now()
    for (let index = 0; mayGoOn(); index++) {
      const dueMs = startMs + (index * 1_000) / rate
      if (dueMs > performance.now()) await wait(dueMs - performance.now())
      const group = groups[index % groups.length]
      const talker = group?.talkers[Math.floor(index / groups.length) % group.talkers.length]
      if (group === undefined || talker === undefined) continue
      const text = `message ${index}`
      texts.get(group.roomId)?.push(text)
      void talker.client.outbox.send(group.roomId, text)
    }
  })()

  return {
    stop: async () => {
      isTalking = false
      await talking
      const countOf = (roomId: string): number => texts.get(roomId)?.length ?? 0
      const endMs = performance.now() + allThereWithinMs
      while (performance.now() < endMs && heard.some((one) => one.texts.length < countOf(one.roomId)))
        await wait(50)
      for (const clean of cleanups) clean()
      const sorted = gaps.toSorted((a, b) => a - b)
      return {
        sent: [...texts.values()].reduce((sum, { length }) => sum + length, 0),
        failed: failedIds.size,
        missed: heard.reduce((sum, one) => sum + countOf(one.roomId) - new Set(one.texts).size, 0),
        repeated: heard.reduce((sum, one) => sum + one.texts.length - new Set(one.texts).size, 0),
        disconnects,
        gapP99Ms: Math.round(sorted[Math.ceil(sorted.length * 0.99) - 1] ?? 0),
      }
    },
  }
}
