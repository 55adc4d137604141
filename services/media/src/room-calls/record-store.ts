import type { LeaseStore } from '@our-now/platform/lease-store/lease-store.ts'
import type { CallRecord } from './call-record.ts'

/** Long after the end: what nobody has written by then nobody misses. */
const ttlMs = 86_400_000
const allKey = 'media:calls'
const roomKey = (roomId: string): string => `media:calls:${roomId}`

/** Records of calls, for all nodes: by room, and all that are not written yet. */
export interface RecordStore {
  save(records: readonly CallRecord[]): Promise<void>
  drop(record: CallRecord): Promise<void>
  /** The calls of these rooms that have not ended, at most one a room. */
  findRunning(roomIds: readonly string[]): Promise<CallRecord[]>
  /** All calls of a room, also those that have ended and whose line is still being written. */
  listOf(roomId: string): Promise<CallRecord[]>
  listAll(): Promise<CallRecord[]>
}

export function createRecordStore(leaseStore: LeaseStore): RecordStore {
  /** True because this file alone writes these values. */
  const parse = (value: string | undefined): CallRecord[] =>
    value === undefined ? [] : [JSON.parse(value) as CallRecord]
  const list = async (keys: readonly string[]): Promise<CallRecord[][]> => {
    const found = await leaseStore.list(keys)
    return keys.map((key) => (found.get(key) ?? []).flatMap(({ value }) => parse(value)))
  }
  return {
    save: (records) =>
      leaseStore.holdMany(
        records.flatMap((record) => {
          const lease = { member: record.callId, ttlMs, value: JSON.stringify(record) }
          return [
            { key: allKey, ...lease },
            { key: roomKey(record.roomId), ...lease },
          ]
        }),
      ),
    drop: async ({ callId, roomId }) => {
      await leaseStore.release(roomKey(roomId), callId)
      await leaseStore.release(allKey, callId)
    },
    findRunning: async (roomIds) =>
      (await list(roomIds.map(roomKey))).flatMap((records) => findNewest(records) ?? []),
    listOf: async (roomId) => (await list([roomKey(roomId)])).flat(),
    listAll: async () => (await list([allKey])).flat(),
  }
}

/** Of those that have not ended the one that was heard of last. */
export const findNewest = (records: readonly CallRecord[]): CallRecord | undefined =>
  records.filter(({ end }) => end === undefined).toSorted((a, b) => b.seenAtMs - a.seenAtMs)[0]
