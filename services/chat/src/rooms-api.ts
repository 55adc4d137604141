import type { ChatApi } from '@our-now/contracts/chat.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { createGetCallRoom } from './calls/get-call-room.ts'
import { createKeepCalls } from './calls/keep-calls.ts'
import { createRecordCall } from './calls/record-call.ts'
import { createListCursors } from './cursors/list-cursors.ts'
import type { ChatConfig } from './config.ts'
import { createListHeads } from './heads/list-heads.ts'
import { createListSubscriptions } from './heads/list-subscriptions.ts'
import type { RecentHeads } from './heads/recent-heads.ts'
import { createDeleteMessage } from './messages/delete-message.ts'
import { createListMessages } from './messages/list-messages.ts'
import { createReadRoomEvents } from './messages/read-room-events.ts'
import { createSendMessage } from './messages/send-message.ts'
import { createSyncRooms } from './messages/sync-rooms.ts'
import { createCreateGroup } from './rooms/create-group.ts'
import { createFilterMembers } from './rooms/filter-members.ts'
import { createGetRoom } from './rooms/get-room.ts'
import { createInviteMembers } from './rooms/invite-members.ts'
import { createLeaveRoom } from './rooms/leave-room.ts'
import { createListMembers } from './rooms/list-members.ts'
import { createListRooms } from './rooms/list-rooms.ts'
import { createOpenDirectRoom } from './rooms/open-direct-room.ts'
import { createRemoveMember } from './rooms/remove-member.ts'
import { createRenameRoom } from './rooms/rename-room.ts'
import { createUpdateMembership } from './rooms/update-membership.ts'
import type { RoomWriter } from './writer/room-writer.ts'

export interface RoomsApiDeps {
  readonly database: Database
  readonly writer: RoomWriter
  readonly heads: RecentHeads
  readonly moveReadCursor: ChatApi['moveReadCursor']
  readonly config: ChatConfig
}

/** Every operation about rooms, their logs, their cursors and their heads. */
export function createRoomsApi({ database, writer, heads, moveReadCursor, config }: RoomsApiDeps) {
  const reading = { database }
  const writing = { database, writer }
  const group = { ...writing, maxMembers: config.chatRoomMaxMembers }
  return {
    listRooms: createListRooms(reading),
    getRoom: createGetRoom(reading),
    openDirectRoom: createOpenDirectRoom(writing),
    createGroup: createCreateGroup(group),
    inviteMembers: createInviteMembers(group),
    leaveRoom: createLeaveRoom(writing),
    removeMember: createRemoveMember(writing),
    renameRoom: createRenameRoom(writing),
    updateMembership: createUpdateMembership(writing),
    listMembers: createListMembers(reading),
    sendMessage: createSendMessage(writing),
    deleteMessage: createDeleteMessage({ writer, deleteWindowMs: config.chatDeleteWindowMs }),
    listMessages: createListMessages(reading),
    syncRooms: createSyncRooms(reading),
    listCursors: createListCursors(reading),
    moveReadCursor,
    listSubscriptions: createListSubscriptions(reading),
    recentHeads: async (_context, request) => heads.recentHeads(request),
    listHeads: createListHeads(reading),
    readRoomEvents: createReadRoomEvents(reading),
    getCallRoom: createGetCallRoom(reading),
    recordCall: createRecordCall(writing),
    ...createKeepCalls(reading),
    filterMembers: createFilterMembers(reading),
  } satisfies Partial<ChatApi>
}
