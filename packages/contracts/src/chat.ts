import { callOperations } from './chat/call-operations.ts'
import { messageOperations } from './chat/message-operations.ts'
import { peopleOperations } from './chat/people-operations.ts'
import { repairOperations } from './chat/repair-operations.ts'
import { roomOperations } from './chat/room-operations.ts'
import { videoRoomOperations } from './chat/video-room-operations.ts'
import type { ServiceApi, ServiceContract } from './service-contract.ts'

/** What the chat service can be asked. */
export const chatContract = {
  ...peopleOperations,
  ...roomOperations,
  ...messageOperations,
  ...repairOperations,
  ...callOperations,
  ...videoRoomOperations,
} as const satisfies ServiceContract

export type ChatApi = ServiceApi<typeof chatContract>
