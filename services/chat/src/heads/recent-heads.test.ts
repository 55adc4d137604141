import { expect, test } from 'vitest'
import { createRecentHeads } from './recent-heads.ts'

const aRoomHead = (head: number, roomId = 'room-1') => ({ roomId, head, membershipRev: 1, cursorRev: 0 })

function startHeads() {
  let now = 1_000
  const heads = createRecentHeads({ clock: { now: () => now } })
  return { heads, advance: (ms: number) => void (now += ms) }
}

test('a caller hears only what changed after its last question', () => {
  const { heads } = startHeads()
  heads.noteRoom(aRoomHead(1))
  const first = heads.recentHeads({})
  heads.noteRoom(aRoomHead(4, 'room-2'))
  const second = heads.recentHeads({ epoch: first.epoch, since: first.position })
  expect(first.rooms).toEqual([aRoomHead(1)])
  expect(second.rooms).toEqual([aRoomHead(4, 'room-2')])
  expect(second.epoch).toBe(first.epoch)
})

test('heads never move down', () => {
  const { heads } = startHeads()
  heads.noteRoom(aRoomHead(5))
  heads.noteRoom(aRoomHead(3))
  heads.noteUser({ userId: 'u', head: 9 })
  heads.noteUser({ userId: 'u', head: 2 })
  expect(heads.recentHeads({}).rooms).toEqual([aRoomHead(5)])
  expect(heads.recentHeads({}).users).toEqual([{ userId: 'u', head: 9 }])
})

test('heads are forgotten after 30 s, and whoever missed them is told a new epoch', () => {
  const { heads, advance } = startHeads()
  const before = heads.recentHeads({})
  heads.noteRoom(aRoomHead(1))
  advance(30_001)
  const late = heads.recentHeads({ epoch: before.epoch, since: before.position })
  expect(late.rooms).toEqual([])
  expect(late.epoch).not.toBe(before.epoch)
  const next = heads.recentHeads({ epoch: late.epoch, since: late.position })
  expect(next.epoch).toBe(late.epoch)
})

test('a new start of the replica is a new epoch', () => {
  expect(startHeads().heads.recentHeads({}).epoch).not.toBe(startHeads().heads.recentHeads({}).epoch)
})
