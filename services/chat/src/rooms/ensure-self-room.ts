import type { Database } from '@our-now/platform/database/database.ts'
import { createHash } from 'node:crypto'
import { v5 as uuidv5 } from 'uuid'
import { storeMessage } from '../messages/store-message.ts'
import type { LockedRoom } from '../writer/locked-room.ts'
import type { RoomWriter } from '../writer/room-writer.ts'
import type { EnsureSelfRoom } from '../people/ensure-profile.ts'
import { getLoggedProfile } from './logged-profile.ts'
import { newMembership } from './new-membership.ts'
import { selfRoomId } from './room-ids.ts'
import { findAccess } from './room-store.ts'

type Locale = Parameters<EnsureSelfRoom>[1]

const firstMessages: Record<Locale, readonly string[]> = {
  ko: [
    '나와의 채팅이에요. 메모, 링크, 할 일을 여기에 보내 두면 모든 기기에서 볼 수 있어요. 나만 볼 수 있습니다.',
    '말풍선 옆 숫자는 아직 읽지 않은 사람 수예요. 모두 읽으면 사라집니다. 인터넷이 끊겨도 보낸 메시지는 기다렸다가 저절로 전송돼요.',
    '먼저 친구 탭에서 아이디나 초대 링크로 친구를 추가해 보세요. 친구를 누르면 1:1 채팅을 시작할 수 있어요.',
  ],
  en: [
    'This is your room for notes. Anything you send here – thoughts, links, to-dos – is on all your devices, and only you can see it.',
    'The small number beside a message is how many people have not read it yet; it disappears when everyone has. If the network drops, what you sent waits and goes out by itself.',
    'To begin, open Friends and add someone by their id or with an invite link. Tap a friend to start a chat.',
  ],
}

/** The note-to-self room with its first messages. The person's profile must exist. */
export function createEnsureSelfRoom({
  database,
  writer,
}: {
  database: Database
  writer: RoomWriter
}): EnsureSelfRoom {
  return async (userId, locale) => {
    const roomId = selfRoomId(userId)
    if ((await findAccess(database.reader, roomId, userId)) !== undefined) return
    await writer.run({
      roomId,
      memberIds: [userId],
      bytes: 3_000,
      run: (room) => makeSelfRoom(room, userId, locale),
    })
  }
}

async function makeSelfRoom(room: LockedRoom, userId: string, locale: Locale): Promise<void> {
  if (room.find() !== undefined) return
  const profile = await getLoggedProfile(room.trx, userId)
  room.create({ kind: 'self', name: '' })
  room.putMember(newMembership(room, { userId, role: 'owner', joinedSeq: 0 }))
  room.append({ kind: 'room-created', actorId: userId, members: [profile], roomKind: 'self' })
  for (const [at, text] of firstMessages[locale].entries()) {
    storeMessage(room, {
      authorId: userId,
      clientMessageId: uuidv5(`first-message:${at}`, room.roomId),
      payloadHash: createHash('sha256').update(text).digest('base64'),
      text,
    })
  }
  room.tell({ userId, event: { kind: 'room-joined' } })
}
