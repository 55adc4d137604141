import { afterAll, beforeAll, expect, test } from 'vitest'
import { as, aSend, codeOf, startChat, type TestChat } from './start-chat.ts'

let chat: TestChat
beforeAll(async () => {
  chat = await startChat({ chatRoomMaxMembers: 4 })
})
afterAll(() => chat.stop())

async function aVideoRoom(name = '주간 회의') {
  const [hostId = ''] = await chat.addPeople(1)
  const { roomId } = await chat.api.createVideoRoom(as(hostId), { name })
  const { code } = await chat.api.getVideoRoom(as(hostId), { roomId })
  return { hostId, roomId, code }
}
const wait = (userId: string, code: string) => chat.api.waitInLobby(as(userId), { code })
const waitingAt = async (hostId: string, roomId: string) =>
  (await chat.api.listLobby(as(hostId), { roomId })).guests.map(({ profile }) => profile.userId)
const answer = (hostId: string, roomId: string, userIds: string[], isAdmitted: boolean) =>
  chat.api.answerLobby(as(hostId), { roomId, userIds, isAdmitted })

test('a video room has a name, a host and a link of its own', async () => {
  const { hostId, roomId, code } = await aVideoRoom()
  expect(await chat.api.getRoom(as(hostId), { roomId })).toMatchObject({
    kind: 'video',
    name: '주간 회의',
    membership: { role: 'owner' },
  })
  expect((await aVideoRoom()).code).not.toBe(code)
  expect(await codeOf(chat.api.createVideoRoom(as(hostId), { name: ' ' }))).toBe('name_invalid')
})

test('who opens the link waits and learns nothing but the name; the host lets them in', async () => {
  const { hostId, roomId, code } = await aVideoRoom()
  const [guest = ''] = await chat.addPeople(1)
  expect(await wait(guest, code)).toEqual({ state: 'waiting', name: '주간 회의' })
  expect(await waitingAt(hostId, roomId)).toEqual([guest])
  expect(chat.pushed.named('lobby:changed').at(-1)).toMatchObject({ channel: `user:${hostId}` })
  for (const ask of [
    () => chat.api.getRoom(as(guest), { roomId }),
    () => chat.api.getVideoRoom(as(guest), { roomId }),
    () => chat.api.listLobby(as(guest), { roomId }),
    () => chat.api.answerLobby(as(guest), { roomId, userIds: [guest], isAdmitted: true }),
    () => chat.api.getCallRoom(as(guest), { roomId }),
    () => chat.api.sendMessage(as(guest), aSend(roomId)),
  ])
    expect(await codeOf(ask())).toBe('room_not_found')
  await answer(hostId, roomId, [guest], true)
  expect(await wait(guest, code)).toEqual({ state: 'admitted', name: '주간 회의', roomId })
  expect(await waitingAt(hostId, roomId)).toEqual([])
  await chat.api.sendMessage(as(guest), aSend(roomId, '안녕하세요'))
})

test('who was not let in is told so, and stays outside', async () => {
  const { hostId, roomId, code } = await aVideoRoom()
  const [guest = ''] = await chat.addPeople(1)
  await wait(guest, code)
  await answer(hostId, roomId, [guest], false)
  expect(await wait(guest, code)).toEqual({ state: 'declined', name: '주간 회의' })
  expect(await waitingAt(hostId, roomId)).toEqual([])
  expect(await codeOf(chat.api.getRoom(as(guest), { roomId }))).toBe('room_not_found')
  chat.clock.advance(300_001)
  expect((await wait(guest, code)).state).toBe('waiting')
})

test('a request ends when the person leaves, or is not heard of any more', async () => {
  const { hostId, roomId, code } = await aVideoRoom()
  const [stays = '', leaves = '', vanishes = ''] = await chat.addPeople(3)
  for (const guest of [stays, leaves, vanishes]) await wait(guest, code)
  await chat.api.leaveLobby(as(leaves), { code })
  expect(await waitingAt(hostId, roomId)).toEqual([stays, vanishes].toSorted())
  chat.clock.advance(10_000)
  await wait(stays, code)
  chat.clock.advance(10_000)
  expect(await waitingAt(hostId, roomId)).toEqual([stays])
  await answer(hostId, roomId, [leaves, vanishes], true)
  expect(await codeOf(chat.api.getRoom(as(vanishes), { roomId }))).toBe('room_not_found')
})

test('only the host answers, locks, closes and invites; a room holds no more than it may', async () => {
  const { hostId, roomId, code } = await aVideoRoom()
  const guests = await chat.addPeople(4)
  const [member = ''] = guests
  for (const guest of guests) await wait(guest, code)
  expect(await codeOf(answer(hostId, roomId, guests, true))).toBe('room_full')
  await answer(hostId, roomId, [member], true)
  for (const ask of [
    () => answer(member, roomId, guests.slice(1), true),
    () => chat.api.listLobby(as(member), { roomId }),
    () => chat.api.updateVideoRoom(as(member), { roomId, isLocked: true }),
    () => chat.api.closeVideoRoom(as(member), { roomId }),
    () => chat.api.inviteMembers(as(member), { roomId, userIds: guests.slice(1, 2) }),
  ])
    expect(await codeOf(ask())).toBe('forbidden')
})

test('a locked room lets nobody wait; members still find it', async () => {
  const { hostId, roomId, code } = await aVideoRoom()
  const [early = '', late = ''] = await chat.addPeople(2)
  await wait(early, code)
  await chat.api.updateVideoRoom(as(hostId), { roomId, isLocked: true })
  expect(await waitingAt(hostId, roomId)).toEqual([])
  expect((await wait(late, code)).state).toBe('locked')
  expect((await wait(hostId, code)).state).toBe('admitted')
  await chat.api.updateVideoRoom(as(hostId), { roomId, isLocked: false })
  expect((await wait(late, code)).state).toBe('waiting')
})

test('a closed room is gone for everybody, and its link leads nowhere', async () => {
  const { hostId, roomId, code } = await aVideoRoom()
  const [guest = ''] = await chat.addPeople(1)
  await wait(guest, code)
  await answer(hostId, roomId, [guest], true)
  await chat.api.closeVideoRoom(as(hostId), { roomId })
  for (const userId of [hostId, guest]) {
    expect(await codeOf(chat.api.getRoom(as(userId), { roomId }))).toBe('room_not_found')
    const { events } = await chat.api.syncUser(as(userId), { have: 0 })
    expect(events.at(-1)).toMatchObject({ kind: 'room-left', roomId })
  }
  expect(await codeOf(wait(guest, code))).toBe('invite_not_found')
})

test('whom the host blocks waits without being seen; one room’s guests are not another’s', async () => {
  const here = await aVideoRoom()
  const [guest = '', pest = ''] = await chat.addPeople(2)
  const there = await chat.api.createVideoRoom(as(here.hostId), { name: '다른 방' })
  await chat.api.blockUser(as(here.hostId), { userId: pest, level: 'messages' })
  expect((await wait(pest, here.code)).state).toBe('waiting')
  await wait(guest, here.code)
  expect(await waitingAt(here.hostId, here.roomId)).toEqual([guest])
  expect(await waitingAt(here.hostId, there.roomId)).toEqual([])
  await answer(here.hostId, there.roomId, [guest, pest], true)
  expect(await codeOf(chat.api.getRoom(as(guest), { roomId: there.roomId }))).toBe('room_not_found')
})

test('a group has no door', async () => {
  const [ownerId = '', other = ''] = await chat.addPeople(2)
  const { roomId } = await chat.api.createGroup(as(ownerId), { userIds: [other] })
  for (const ask of [
    () => chat.api.getVideoRoom(as(ownerId), { roomId }),
    () => chat.api.closeVideoRoom(as(ownerId), { roomId }),
    () => answer(ownerId, roomId, [other], true),
  ])
    expect(await codeOf(ask())).toBe('room_not_found')
})

test('the host takes a member out; the link leads them to the lobby again', async () => {
  const { hostId, roomId, code } = await aVideoRoom()
  const [guest = ''] = await chat.addPeople(1)
  await wait(guest, code)
  await answer(hostId, roomId, [guest], true)
  await chat.api.renameRoom(as(hostId), { roomId, name: '월간 회의' })
  await chat.api.removeMember(as(hostId), { roomId, userId: guest })
  expect(await wait(guest, code)).toEqual({ state: 'waiting', name: '월간 회의' })
})
