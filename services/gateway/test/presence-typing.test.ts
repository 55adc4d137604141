import type { ServerEvent } from '@our-now/contracts/socket.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { callAs, connect, signIn, signUp, type Connected, type Person } from './support/person.ts'
import { startStack, type Stack } from './support/stack.ts'

let stack: Stack
let ada: Person
let bob: Person
beforeEach(async () => {
  stack = await startStack()
  ada = await signUp(stack.url)
  bob = await signUp(stack.url)
})
afterEach(() => stack.close())

const befriend = async (): Promise<void> => {
  await callAs(ada, 'PUT', `/api/friends/${bob.userId}`)
  await callAs(bob, 'PUT', `/api/friends/${ada.userId}`)
}
const statusesOf = (watcher: Connected): string[] =>
  watcher.pushed<ServerEvent<'presence:changed'>>('presence:changed').map(({ status }) => status)
const statusNow = async (watcher: Connected): Promise<string | undefined> =>
  (await watcher.command('presence:watch', { userIds: [bob.userId] })).states[0]?.status

test('a friend on screen is seen to come, to look away and to go', async () => {
  await befriend()
  const adas = await connect(ada)
  expect(await statusNow(adas)).toBe('offline')
  // The new friendship may tell her once more what is so anyhow: that he is offline.
  const sinceHeCame = () => statusesOf(adas).filter((status) => status !== 'offline')
  const bobs = await connect(bob)
  await expect.poll(sinceHeCame).toEqual(['online'])
  await bobs.command('presence:set-visible', { isVisible: false })
  await expect.poll(sinceHeCame).toEqual(['online', 'away'])
  const second = await connect(bob)
  await expect.poll(sinceHeCame).toEqual(['online', 'away', 'online'])
  second.socket.disconnect()
  bobs.socket.disconnect()
  await expect.poll(() => statusesOf(adas).at(-1)).toBe('offline')
})

test('nobody else is told anything', async () => {
  await callAs(ada, 'PUT', `/api/friends/${bob.userId}`)
  const adas = await connect(ada)
  await connect(bob)
  expect((await adas.command('presence:watch', { userIds: [bob.userId] })).states).toEqual([])
  expect(statusesOf(adas)).toEqual([])
})

test('a later list replaces the earlier one, an empty one ends it', async () => {
  await befriend()
  const [adas, bobs] = [await connect(ada), await connect(bob)]
  await expect.poll(() => statusNow(adas)).toBe('online')
  expect(await adas.command('presence:watch', { userIds: [] })).toEqual({ states: [] })
  const told = statusesOf(adas).length
  const watching = await connect(ada)
  await bobs.command('presence:set-visible', { isVisible: false })
  await expect.poll(() => statusNow(watching)).toBe('away')
  expect(statusesOf(adas)).toHaveLength(told)
})

test('who takes back the friendship is not watched any longer', async () => {
  await befriend()
  const carol = await signUp(stack.url)
  await callAs(carol, 'PUT', `/api/friends/${bob.userId}`)
  await callAs(bob, 'PUT', `/api/friends/${carol.userId}`)
  const [adas, bobs, carols] = [await connect(ada), await connect(bob), await connect(carol)]
  await expect.poll(() => statusNow(adas)).toBe('online')
  await expect.poll(() => statusNow(carols)).toBe('online')
  await callAs(bob, 'DELETE', `/api/friends/${ada.userId}`)

  let isVisible = true
  const hearsOfChange = async (): Promise<boolean> => {
    const told = statusesOf(adas).length
    isVisible = !isVisible
    await bobs.command('presence:set-visible', { isVisible })
    // Carol's socket is told in the same moment as ada's would be.
    await expect.poll(() => statusesOf(carols).at(-1)).toBe(isVisible ? 'online' : 'away')
    await adas.command('presence:set-visible', { isVisible: true })
    return statusesOf(adas).length > told
  }
  await expect.poll(hearsOfChange).toBe(false)
})

test('typing is told to who has the room open, on every device but the typer’s', async () => {
  const roomId = String((await callAs(ada, 'PUT', `/api/direct-rooms/${bob.userId}`)).body?.['roomId'])
  const [adas, bobs, elsewhere] = [
    await connect(ada),
    await connect(bob),
    await connect(await signIn(stack.url, ada.handle)),
  ]
  const outside = await connect(bob)
  for (const connected of [adas, bobs, elsewhere]) await connected.command('room:open', { roomId })
  await adas.command('typing:start', { roomId })
  await expect.poll(() => bobs.pushed('typing:started')).toEqual([{ roomId, userId: ada.userId }])
  expect([adas, elsewhere, outside].map((connected) => connected.pushed('typing:started'))).toEqual([
    [],
    [],
    [],
  ])
  await bobs.command('room:close', { roomId })
  await adas.command('typing:start', { roomId })
  expect(bobs.pushed('typing:started')).toHaveLength(1)
})

test('in rooms over 50 nobody hears of typing', async () => {
  const members = await Promise.all(Array.from({ length: 50 }, () => signUp(stack.url)))
  const made = await callAs(ada, 'POST', '/api/rooms', {
    name: 'hall',
    userIds: members.map(({ userId }) => userId),
  })
  const roomId = String(made.body?.['roomId'])
  const [member] = members
  const [adas, listener] = [await connect(ada), await connect(member ?? bob)]
  for (const connected of [adas, listener]) await connected.command('room:open', { roomId })
  expect(await adas.command('typing:start', { roomId })).toEqual({})
  await adas.command('message:send', { roomId, clientMessageId: crypto.randomUUID(), text: 'after' })
  await expect.poll(() => listener.pushed('room:event').length).toBeGreaterThan(0)
  expect(listener.pushed('typing:started')).toEqual([])
}, 60_000)
