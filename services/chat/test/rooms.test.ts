import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import { as, aGroup, aSend, asService, codeOf, startChat, type TestChat } from './start-chat.ts'

let chat: TestChat
beforeAll(async () => {
  chat = await startChat({ chatRoomMaxMembers: 8 })
})
afterAll(() => chat.stop())

const userEventKinds = async (userId: string) => {
  const { events } = await chat.api.syncUser(as(userId), { have: 0 })
  return events.map((event) => event.kind)
}

const roomIdsOf = async (userId: string) => {
  const { rooms } = await chat.api.listRooms(as(userId), {})
  return rooms.map((room) => room.roomId)
}

describe('1:1 rooms', () => {
  test('both people get the same room, however often and from whichever side they open it', async () => {
    const [ada = '', ben = ''] = await chat.addPeople(2)
    const rooms = await Promise.all([
      chat.api.openDirectRoom(as(ada), { userId: ben }),
      chat.api.openDirectRoom(as(ben), { userId: ada }),
      chat.api.openDirectRoom(as(ada), { userId: ben }),
    ])
    expect(new Set(rooms.map((room) => room.roomId)).size).toBe(1)
    expect(rooms[0]).toMatchObject({ kind: 'direct', memberCount: 2, head: 1, lastOrdinal: 0 })
    expect(rooms[0]?.members.map((member) => member.userId).sort()).toEqual([ada, ben].sort())
  })

  test('two replicas opening it at once make one room', async () => {
    const [ada = '', ben = ''] = await chat.addPeople(2)
    const other = await chat.startReplica()
    const [one, two] = await Promise.all([
      chat.api.openDirectRoom(as(ada), { userId: ben }),
      other.openDirectRoom(as(ben), { userId: ada }),
    ])
    expect(one.roomId).toBe(two.roomId)
    expect(await chat.database.reader('room_events').where('room_id', one.roomId)).toHaveLength(1)
  })

  test('the other person sees the room with its first message', async () => {
    const [ada = '', ben = ''] = await chat.addPeople(2)
    const { roomId } = await chat.api.openDirectRoom(as(ada), { userId: ben })
    expect(await roomIdsOf(ada)).toContain(roomId)
    expect(await roomIdsOf(ben)).not.toContain(roomId)
    chat.clock.advance(1_000)
    await chat.api.sendMessage(as(ada), aSend(roomId, 'hi'))
    const [first] = (await chat.api.listRooms(as(ben), {})).rooms
    expect(first).toMatchObject({ roomId, lastMessage: { text: 'hi' }, lastOrdinal: 1 })
    const { events } = await chat.api.syncUser(as(ben), { have: 0 })
    expect(events.at(-1)).toMatchObject({
      kind: 'room-joined',
      room: { roomId, lastMessage: { text: 'hi' } },
    })
  })

  test('dropping it takes it off my list and my history; the next message brings it back', async () => {
    const [ada = '', ben = ''] = await chat.addPeople(2)
    const { roomId } = await chat.api.openDirectRoom(as(ada), { userId: ben })
    const sent = await chat.api.sendMessage(as(ada), aSend(roomId, 'old'))
    await chat.api.leaveRoom(as(ben), { roomId, isQuiet: true })
    expect(await roomIdsOf(ben)).not.toContain(roomId)
    expect((await userEventKinds(ben)).at(-1)).toBe('room-left')
    const afterDrop = await chat.api.getRoom(as(ben), { roomId })
    expect(afterDrop.membership.joinedSeq).toBe(sent.seq)
    expect(afterDrop).not.toHaveProperty('lastMessage')

    await chat.api.sendMessage(as(ada), aSend(roomId, 'new'))
    expect(await roomIdsOf(ben)).toContain(roomId)
    const page = await chat.api.listMessages(as(ben), { roomId })
    expect(page.messages.map((message) => message.text)).toEqual(['new'])
    expect((await chat.api.listMessages(as(ada), { roomId })).messages).toHaveLength(2)
    expect((await userEventKinds(ben)).at(-1)).toBe('room-joined')
  })

  test('nobody opens one with themselves or with nobody', async () => {
    const ada = await chat.addPerson()
    expect(await codeOf(chat.api.openDirectRoom(as(ada), { userId: ada }))).toBe('cannot_target_self')
    expect(await codeOf(chat.api.openDirectRoom(as(ada), { userId: uuidv7() }))).toBe('user_not_found')
  })
})

describe('groups', () => {
  test('a group begins with everyone in it, owned by its maker, told to each', async () => {
    const [ada = '', ben = '', cleo = ''] = await chat.addPeople(3)
    const room = await chat.api.createGroup(as(ada), { name: ' 가족 ', userIds: [ben, cleo, ada] })
    expect(room).toMatchObject({ kind: 'group', name: '가족', memberCount: 3, membership: { role: 'owner' } })
    for (const userId of [ada, ben, cleo]) {
      const { events } = await chat.api.syncUser(as(userId), { have: 0 })
      expect(events.at(-1)).toMatchObject({ kind: 'room-joined', room: { roomId: room.roomId, head: 1 } })
    }
    const { members } = await chat.api.listMembers(as(ben), { roomId: room.roomId })
    expect(members.map((member) => [member.profile.userId, member.role])).toContainEqual([ada, 'owner'])
  })

  test('the same clientRoomId makes one group; another person’s makes another', async () => {
    const [ada = '', ben = ''] = await chat.addPeople(2)
    const clientRoomId = uuidv7()
    const [one, two] = await Promise.all([
      chat.api.createGroup(as(ada), { clientRoomId, userIds: [ben] }),
      chat.api.createGroup(as(ada), { clientRoomId, userIds: [ben] }),
    ])
    const other = await chat.api.createGroup(as(ben), { clientRoomId, userIds: [ada] })
    expect(one.roomId).toBe(two.roomId)
    expect(other.roomId).not.toBe(one.roomId)
  })

  test('unknown people, long names and full rooms are refused and nothing is written', async () => {
    const userIds = await chat.addPeople(9)
    const [ada = '', ...others] = userIds
    const before = await chat.database.reader('rooms').count({ rooms: '*' })
    expect(await codeOf(chat.api.createGroup(as(ada), { userIds: [uuidv7()] }))).toBe('user_not_found')
    expect(
      await codeOf(chat.api.createGroup(as(ada), { name: 'x'.repeat(51), userIds: others.slice(0, 1) })),
    ).toBe('name_invalid')
    expect(await codeOf(chat.api.createGroup(as(ada), { userIds: others }))).toBe('room_full')
    expect(await chat.database.reader('rooms').count({ rooms: '*' })).toEqual(before)
  })

  test('invited people join at the end of the log; those already there are left alone', async () => {
    const { roomId, userIds } = await aGroup(chat, 2)
    const [ada = '', ben = ''] = userIds
    const cleo = await chat.addPerson()
    await chat.api.sendMessage(as(ada), aSend(roomId, 'before'))
    const room = await chat.api.inviteMembers(as(ben), { roomId, userIds: [ada, cleo] })
    expect(room.memberCount).toBe(3)
    const page = await chat.api.listMessages(as(cleo), { roomId })
    expect(page.messages).toEqual([])
    expect(page.notices).toMatchObject([
      { kind: 'members-joined', actorId: ben, members: [{ userId: cleo }] },
    ])
    expect(await chat.api.getRoom(as(cleo), { roomId })).toMatchObject({
      membership: { joinedSeq: 2, readSeq: 2, readOrdinal: 1 },
      lastOrdinal: 1,
    })
    await chat.api.inviteMembers(as(ben), { roomId, userIds: [cleo] })
    expect((await chat.api.getRoom(as(ada), { roomId })).head).toBe(room.head)
  })

  test('inviting from a 1:1 room again, as a call that is repeated elsewhere does, makes one group', async () => {
    const [ada = '', ben = '', cleo = ''] = await chat.addPeople(3)
    const { roomId } = await chat.api.openDirectRoom(as(ada), { userId: ben })
    const invite = (traceId: string) =>
      chat.api.inviteMembers({ ...as(ada), traceId }, { roomId, userIds: [cleo] })
    const made = await invite('one call')
    expect((await invite('one call')).roomId).toBe(made.roomId)
    expect((await invite('another call')).roomId).not.toBe(made.roomId)
    expect(
      (await chat.api.listRooms(as(cleo), {})).rooms.filter(({ kind }) => kind === 'group'),
    ).toHaveLength(2)
  })

  test('a full group takes nobody more, even when two invite at once', async () => {
    const { roomId, userIds } = await aGroup(chat, 7)
    const [ada = '', ben = ''] = userIds
    const [one = '', two = ''] = await chat.addPeople(2)
    const codes = await Promise.all([
      codeOf(chat.api.inviteMembers(as(ada), { roomId, userIds: [one] })),
      codeOf(chat.api.inviteMembers(as(ben), { roomId, userIds: [two] })),
    ])
    expect(codes.sort()).toEqual(['none', 'room_full'])
    expect((await chat.api.getRoom(as(ada), { roomId })).memberCount).toBe(8)
  })

  test('inviting into a 1:1 room makes a new group of all and leaves the 1:1 room alone', async () => {
    const [ada = '', ben = '', cleo = ''] = await chat.addPeople(3)
    const { roomId } = await chat.api.openDirectRoom(as(ada), { userId: ben })
    const group = await chat.api.inviteMembers(as(ada), { roomId, userIds: [cleo] })
    expect(group).toMatchObject({ kind: 'group', memberCount: 3 })
    expect(group.roomId).not.toBe(roomId)
    expect((await chat.api.getRoom(as(ada), { roomId })).memberCount).toBe(2)
  })

  test('who blocks the inviter is silently not invited', async () => {
    const { roomId, userIds } = await aGroup(chat, 2)
    const [ada = ''] = userIds
    const [cleo = '', dan = ''] = await chat.addPeople(2)
    await chat.api.blockUser(as(cleo), { userId: ada, level: 'messages' })
    const room = await chat.api.inviteMembers(as(ada), { roomId, userIds: [cleo, dan] })
    expect(room.memberCount).toBe(3)
    expect(await roomIdsOf(cleo)).not.toContain(roomId)
    const group = await chat.api.createGroup(as(ada), { userIds: [cleo] })
    expect(group.memberCount).toBe(1)
  })

  test('a leaver has a line, a quiet one has none; both are gone for the others', async () => {
    const { roomId, userIds } = await aGroup(chat, 4)
    const [ada = '', ben = '', cleo = ''] = userIds
    await chat.api.leaveRoom(as(ben), { roomId, isQuiet: false })
    await chat.api.leaveRoom(as(cleo), { roomId, isQuiet: true })
    const { notices } = await chat.api.listMessages(as(ada), { roomId })
    expect(notices.map((notice) => notice.kind)).toEqual(['room-created', 'member-left'])
    expect(notices[1]).toMatchObject({ member: { userId: ben }, reason: 'left' })
    const synced = await chat.api.syncRooms(as(ada), { rooms: [{ roomId, have: 0 }] })
    expect(synced.rooms[0]?.events.at(-1)).toMatchObject({ kind: 'member-left', reason: 'quiet' })
    expect((await chat.api.getRoom(as(ada), { roomId })).memberCount).toBe(2)
    expect(await codeOf(chat.api.getRoom(as(ben), { roomId }))).toBe('room_not_found')
    expect((await userEventKinds(ben)).at(-1)).toBe('room-left')
  })

  test('a leaving owner hands over to the longest-standing member; the last one leaves an empty room', async () => {
    const { roomId, userIds } = await aGroup(chat, 2)
    const [ada = '', ben = ''] = userIds
    const cleo = await chat.addPerson()
    await chat.api.inviteMembers(as(ada), { roomId, userIds: [cleo] })
    await chat.api.leaveRoom(as(ada), { roomId, isQuiet: false })
    expect((await chat.api.getRoom(as(ben), { roomId })).membership.role).toBe('owner')
    const { events } = await chat.api.readRoomEvents(asService, { roomId, afterSeq: 0, limit: 50 })
    expect(events.at(-1)?.event).toMatchObject({ kind: 'owner-changed', member: { userId: ben } })
    await chat.api.leaveRoom(as(ben), { roomId, isQuiet: false })
    await chat.api.leaveRoom(as(cleo), { roomId, isQuiet: false })
    expect(await chat.database.reader('rooms').where('room_id', roomId).first()).toMatchObject({
      member_count: 0,
    })
  })

  test('only the owner removes members, and never the owner', async () => {
    const { roomId, userIds } = await aGroup(chat, 3)
    const [ada = '', ben = '', cleo = ''] = userIds
    const remove = (by: string, userId: string) => codeOf(chat.api.removeMember(as(by), { roomId, userId }))
    expect(await remove(ben, cleo)).toBe('forbidden')
    expect(await remove(ada, ada)).toBe('cannot_target_self')
    expect(await remove(ada, uuidv7())).toBe('user_not_found')
    expect(await remove(ada, cleo)).toBe('none')
    expect(await remove(cleo, ben)).toBe('room_not_found')
    expect(await codeOf(chat.api.listMessages(as(cleo), { roomId }))).toBe('room_not_found')
    expect((await userEventKinds(cleo)).at(-1)).toBe('room-left')
  })

  test('who joins again sees nothing from before', async () => {
    const { roomId, userIds } = await aGroup(chat, 2)
    const [ada = '', ben = ''] = userIds
    await chat.api.sendMessage(as(ada), aSend(roomId, 'one'))
    await chat.api.leaveRoom(as(ben), { roomId, isQuiet: false })
    await chat.api.sendMessage(as(ada), aSend(roomId, 'two'))
    await chat.api.inviteMembers(as(ada), { roomId, userIds: [ben] })
    await chat.api.sendMessage(as(ada), aSend(roomId, 'three'))
    const page = await chat.api.listMessages(as(ben), { roomId })
    expect(page.messages.map((message) => message.text)).toEqual(['three'])
    expect(page.notices.map((notice) => notice.kind)).toEqual(['members-joined'])
    expect(page.hasBefore).toBe(false)
    const deep = await chat.api.listMessages(as(ben), { roomId, before: 3 })
    expect(deep.messages).toEqual([])
    const synced = await chat.api.syncRooms(as(ben), { rooms: [{ roomId, have: 1 }] })
    expect(synced.rooms[0]).toMatchObject({ reset: true, events: [], more: false })
  })

  test('any member renames a group; a 1:1 room has no name', async () => {
    const { roomId, userIds } = await aGroup(chat, 2)
    const [ada = '', ben = ''] = userIds
    expect((await chat.api.renameRoom(as(ben), { roomId, name: '  우리 반 ' })).name).toBe('우리 반')
    const head = (await chat.api.getRoom(as(ada), { roomId })).head
    await chat.api.renameRoom(as(ben), { roomId, name: '우리 반' })
    expect((await chat.api.getRoom(as(ada), { roomId })).head).toBe(head)
    expect(await codeOf(chat.api.renameRoom(as(ben), { roomId, name: 'a\nb' }))).toBe('name_invalid')
    const direct = await chat.api.openDirectRoom(as(ada), { userId: ben })
    expect(await codeOf(chat.api.renameRoom(as(ada), { roomId: direct.roomId, name: 'x' }))).toBe(
      'room_is_direct',
    )
  })

  test('mute and pin are mine alone and reach my other devices', async () => {
    const { roomId, userIds } = await aGroup(chat, 2)
    const [ada = '', ben = ''] = userIds
    const room = await chat.api.updateMembership(as(ada), { roomId, isMuted: true, isPinned: true })
    expect(room.membership).toMatchObject({ isMuted: true, isPinned: true })
    expect((await chat.api.getRoom(as(ben), { roomId })).membership).toMatchObject({ isMuted: false })
    const { events } = await chat.api.syncUser(as(ada), { have: 0 })
    expect(events.at(-1)).toMatchObject({ kind: 'membership-changed', roomId, isMuted: true, isPinned: true })
    expect((await chat.api.getRoom(as(ada), { roomId })).head).toBe(1)
  })
})

describe('the list of rooms', () => {
  test('pinned first, then latest activity, paged without a hole or a repeat', async () => {
    const ada = await chat.addPerson()
    const others = await chat.addPeople(6)
    const roomIds: string[] = []
    for (const userId of others) {
      const { roomId } = await chat.api.openDirectRoom(as(ada), { userId })
      chat.clock.advance(1_000)
      await chat.api.sendMessage(as(ada), aSend(roomId))
      roomIds.push(roomId)
    }
    await chat.api.updateMembership(as(ada), { roomId: roomIds[2] ?? '', isPinned: true })
    const listed: string[] = []
    for (let cursor: string | undefined; ;) {
      const page = await chat.api.listRooms(as(ada), {
        limit: 2,
        ...(cursor === undefined ? {} : { cursor }),
      })
      listed.push(...page.rooms.filter((room) => room.kind === 'direct').map((room) => room.roomId))
      if (page.nextCursor === undefined) break
      cursor = page.nextCursor
    }
    const [one, two, three, four, five, six] = roomIds
    expect(listed).toEqual([three, six, five, four, two, one])
    expect(await codeOf(chat.api.listRooms(as(ada), { cursor: 'bm9uc2Vuc2U' }))).toBe('invalid_request')
  })

  test('a page costs the same number of queries however many rooms and members', async () => {
    const ada = await chat.addPerson()
    for (const userId of await chat.addPeople(5)) await chat.api.createGroup(as(ada), { userIds: [userId] })
    let queries = 0
    // The outbox relay reads on the same connection.
    const count = ({ sql }: { sql: string }) => {
      if (!/outbox|relay/.test(sql)) queries += 1
    }
    chat.database.reader.on('query', count)
    await chat.api.listRooms(as(ada), { limit: 1 })
    const forOne = queries
    await chat.api.listRooms(as(ada), { limit: 5 })
    chat.database.reader.removeListener('query', count)
    expect(queries - forOne).toBe(forOne)
    expect(forOne).toBeLessThanOrEqual(4)
  })

  test('the viewer is always among the five shown members', async () => {
    const { roomId, userIds } = await aGroup(chat, 8)
    for (const userId of userIds) {
      const { members } = await chat.api.getRoom(as(userId), { roomId })
      expect(members).toHaveLength(5)
      expect(members.map((member) => member.userId)).toContain(userId)
    }
  })

  test('members are paged, longest-standing first', async () => {
    const { roomId, userIds } = await aGroup(chat, 3)
    const late = await chat.addPerson()
    await chat.api.inviteMembers(as(userIds[0] ?? ''), { roomId, userIds: [late] })
    const listed: string[] = []
    for (let cursor: string | undefined; ;) {
      const page = await chat.api.listMembers(as(late), {
        roomId,
        limit: 2,
        ...(cursor === undefined ? {} : { cursor }),
      })
      listed.push(...page.members.map((member) => member.profile.userId))
      if (page.nextCursor === undefined) break
      cursor = page.nextCursor
    }
    expect(listed).toHaveLength(4)
    expect(listed.at(-1)).toBe(late)
    expect(new Set(listed)).toEqual(new Set([...userIds, late]))
  })
})

describe('the note-to-self room', () => {
  test('everyone has one with three read messages, kept for ever, in their language', async () => {
    const ada = await chat.addPerson()
    const [room] = (await chat.api.listRooms(as(ada), {})).rooms
    expect(room).toMatchObject({
      kind: 'self',
      memberCount: 1,
      lastOrdinal: 3,
      membership: { readOrdinal: 3 },
    })
    const roomId = room?.roomId ?? ''
    const { messages } = await chat.api.listMessages(as(ada), { roomId })
    expect(messages).toHaveLength(3)
    expect(await codeOf(chat.api.leaveRoom(as(ada), { roomId, isQuiet: true }))).toBe('forbidden')

    const boram = uuidv7()
    const profile = { userId: boram, handle: 'boram.k', displayName: '보람', locale: 'ko' as const }
    await Promise.all([
      chat.api.ensureProfile(asService, profile),
      chat.api.ensureProfile(asService, profile),
    ])
    const { rooms } = await chat.api.listRooms(as(boram), {})
    expect(rooms).toHaveLength(1)
    expect(rooms[0]?.lastMessage?.text).toMatch(/친구/)
  })
})

test('absent rooms and other people’s rooms are answered exactly alike', async () => {
  const { roomId: foreign } = await aGroup(chat, 2)
  const eve = await chat.addPerson()
  const someone = await chat.addPerson()
  const answers = async (roomId: string) =>
    Promise.all([
      codeOf(chat.api.getRoom(as(eve), { roomId })),
      codeOf(chat.api.inviteMembers(as(eve), { roomId, userIds: [someone] })),
      codeOf(chat.api.leaveRoom(as(eve), { roomId, isQuiet: false })),
      codeOf(chat.api.removeMember(as(eve), { roomId, userId: someone })),
      codeOf(chat.api.renameRoom(as(eve), { roomId, name: 'x' })),
      codeOf(chat.api.updateMembership(as(eve), { roomId, isMuted: true })),
      codeOf(chat.api.listMembers(as(eve), { roomId })),
      codeOf(chat.api.sendMessage(as(eve), aSend(roomId))),
      codeOf(chat.api.deleteMessage(as(eve), { roomId, seq: 1 })),
      codeOf(chat.api.listMessages(as(eve), { roomId })),
      codeOf(chat.api.listCursors(as(eve), { roomId })),
      codeOf(chat.api.moveReadCursor(as(eve), { roomId, seq: 1 })),
    ])
  expect(await answers(foreign)).toEqual(Array(12).fill('room_not_found'))
  expect(await answers(uuidv7())).toEqual(Array(12).fill('room_not_found'))
  const both = [foreign, uuidv7()]
  const synced = await chat.api.syncRooms(as(eve), { rooms: both.map((roomId) => ({ roomId, have: 0 })) })
  expect(synced).toEqual({ rooms: [], gone: both, rest: [] })
})

test('nobody anonymous gets in', async () => {
  expect(await codeOf(chat.api.listRooms(asService, {}))).toBe('unauthenticated')
  expect(await codeOf(chat.api.sendMessage(asService, aSend(uuidv7())))).toBe('unauthenticated')
})
