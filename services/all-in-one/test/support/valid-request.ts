import { authContract } from '@our-now/contracts/auth.ts'
import { chatContract } from '@our-now/contracts/chat.ts'
import { visionContract } from '@our-now/contracts/vision.ts'
import type { RestRoute } from '@our-now/contracts/rest.ts'
import type { OperationContract } from '@our-now/contracts/service-contract.ts'

const contracts: Readonly<Record<string, Readonly<Record<string, OperationContract>>>> = {
  auth: authContract,
  chat: chatContract,
  vision: visionContract,
}

/** What a test looks at in the schema of a request. */
export interface RequestSchema {
  readonly properties?: Readonly<Record<string, { readonly type?: string }>>
  readonly required?: readonly string[]
}

/** The request schema of a route, from the contracts. */
export function requestSchemaOf(route: RestRoute): RequestSchema {
  const operation = contracts[route.service]?.[route.operation]
  if (operation === undefined) throw new Error(`no operation ${route.service}.${route.operation}`)
  return operation.request
}

/** A request that would be accepted, with the required fields only, so that one changed field decides. */
export function validRequest(
  route: RestRoute,
  { roomId, userId }: { readonly roomId: string; readonly userId: string },
): Record<string, unknown> {
  const id = crypto.randomUUID()
  const values: Record<string, unknown> = {
    roomId,
    userId,
    userIds: [userId],
    sessionId: id,
    clientMessageId: id,
    text: 'hello',
    name: 'a room',
    displayName: 'Ada',
    handle: route.operation === 'register' ? `n${id.replaceAll('-', '').slice(0, 15)}` : 'other',
    password: 'correct horse battery',
    currentPassword: 'not the right one',
    newPassword: 'correct horse battery',
    deviceName: 'a device',
    statusMessage: 'fine',
    level: 'messages',
    mode: 'open',
    code: 'A'.repeat(22),
    pendingToken: 'A'.repeat(43),
    way: 'totp',
    maxUses: 1,
    isQuiet: false,
    seq: 1,
    maySuggest: false,
    version: 1,
    language: 'ko',
    purpose: route.operation === 'checkFace' ? 'profile' : 'trial',
    picture: 'AAAA',
    shots: ['AAAA', 'AAAB', 'AAAC'],
    frames: ['AAAA', 'AAAB', 'AAAC', 'AAAD'],
    challengeId: id,
    photoId: id,
    tagId: id,
    isOn: false,
    box: { left: 0.1, top: 0.1, width: 0.2, height: 0.2 },
  }
  return Object.fromEntries((requestSchemaOf(route).required ?? []).map((field) => [field, values[field]]))
}
