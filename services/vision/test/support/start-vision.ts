import { faceConsentVersion } from '@our-now/contracts/vision/face-consent.ts'
import { createKeyLine } from '@our-now/platform/crypto/key-lines.ts'
import type { CallContext } from '@our-now/contracts/service-contract.ts'
import type { FaceStep } from '@our-now/contracts/vision/shapes.ts'
import { visionContract, type VisionApi } from '@our-now/contracts/vision.ts'
import { systemClock } from '@our-now/platform/clock/clock.ts'
import { loadConfig } from '@our-now/platform/config/load-config.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import { createMemoryLeaseStore } from '@our-now/platform/lease-store/memory-lease-store.ts'
import { callDirectly } from '@our-now/platform/service-call/call-directly.ts'
import { createFakeClock, type FakeClock } from '@our-now/testkit/fake-clock.ts'
import { openTestDatabase } from '@our-now/testkit/test-database.ts'
import { createTestLog } from '@our-now/testkit/test-log.ts'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FaceEngine } from '../../src/engine/face-engine.ts'
import { createVision, visionMigrations, VisionSettings } from '../../src/index.ts'
import type { Rooms } from '../../src/tagging/rooms.ts'
import { aFace, anEmbedding, seeing } from './faces.ts'
import { createScriptedEngine, pictureOf } from './scripted-engine.ts'

export interface VisionStack {
  readonly vision: VisionApi
  readonly database: Database
  readonly clock: FakeClock
  /** Another process on the same data, perhaps with another engine, or with none. */
  startAnother(engine: FaceEngine | undefined): Promise<VisionApi>
  /** A room of these people; the first owns it. */
  makeRoom(...userIds: readonly string[]): string
  close(): Promise<void>
}

export const asUser = (userId: string): CallContext => ({
  traceId: 'test',
  userId,
  sessionId: randomUUID(),
})
export const asService: CallContext = { traceId: 'test' }

/** The vision service on a real database. Who is in which room is chat's to know; here the test says it. */
export async function startVision(): Promise<VisionStack> {
  const { database, close } = await openTestDatabase(visionMigrations)
  const folder = await mkdtemp(join(tmpdir(), 'our-now-vision-'))
  const clock = createFakeClock()
  const log = createTestLog()
  const leaseStore = createMemoryLeaseStore({ clock })
  const members = new Map<string, readonly string[]>()
  const keyFile = join(folder, 'vision-key')
  await writeFile(keyFile, createKeyLine())
  const config = loadConfig(VisionSettings, { VISION_ENABLED: 'true', VISION_KEY_FILE: keyFile })
  const stops: (() => Promise<void>)[] = []
  const startOne = async (engine: FaceEngine | undefined): Promise<VisionApi> => {
    const rooms = createRooms(members)
    const service = createVision({ database, leaseStore, engine, rooms, clock, log, config })
    await service.start()
    stops.push(() => service.stop())
    return callDirectly(visionContract, service.api, { log, clock: systemClock })
  }
  return {
    vision: await startOne(createScriptedEngine()),
    database,
    clock,
    startAnother: startOne,
    makeRoom: (...userIds) => {
      const roomId = randomUUID()
      members.set(roomId, userIds)
      return roomId
    },
    close: async () => {
      for (const stop of stops) await stop()
      await leaseStore.close()
      await close()
      await rm(folder, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}

/** What chat answers, as far as vision asks. */
function createRooms(members: ReadonlyMap<string, readonly string[]>): Rooms {
  const membersFor = ({ userId = '' }: CallContext, roomId: string): readonly string[] => {
    const userIds = members.get(roomId) ?? []
    if (!userIds.includes(userId)) throw new AppError('room_not_found')
    return userIds
  }
  const profile = (userId: string) => ({ userId, handle: 'handle', displayName: userId, statusMessage: '' })
  return {
    getRoom: async (context, { roomId }) => {
      const [owner] = membersFor(context, roomId)
      const role = owner === context.userId ? 'owner' : 'member'
      return {
        roomId,
        kind: 'group',
        name: '',
        memberCount: 1,
        members: [],
        head: 0,
        lastOrdinal: 0,
        activeAt: 0,
        membership: { role, joinedSeq: 0, readSeq: 0, readOrdinal: 0, isMuted: false, isPinned: false },
      }
    },
    listMembers: async (context, { roomId }) => ({
      members: membersFor(context, roomId).map((userId) => ({
        profile: profile(userId),
        role: 'member',
        joinedAt: 0,
        joinedSeq: 0,
      })),
    }),
  }
}

/** Good shots of somebody. */
export const shotsOf = (person: number): string[] =>
  [1, 2, 3].map((shot) => pictureOf(seeing(aFace({ embedding: anEmbedding(person, 0.15, shot) }))))

/** Frames of somebody who does these steps. */
export function framesOf(person: number, steps: readonly FaceStep[]): string[] {
  const embedding = anEmbedding(person, 0.1, 9)
  const straight = { embedding }
  const doing = {
    blink: { embedding, eyeOpenness: { left: 0.08, right: 0.08 } },
    'turn-left': { embedding, yawDegrees: 26 },
    'turn-right': { embedding, yawDegrees: -26 },
  } as const
  const faces = [straight, ...steps.flatMap((step) => [straight, doing[step], straight, straight])]
  return faces.map((face) => pictureOf(seeing(aFace(face))))
}

/** Somebody who agreed and enrolled. */
export async function enrol(vision: VisionApi, person: number, maySuggest = false): Promise<string> {
  const userId = randomUUID()
  await vision.giveFaceConsent(asUser(userId), { version: faceConsentVersion, language: 'ko' })
  await vision.enrolShots(asService, { userId, shots: shotsOf(person) })
  if (maySuggest) await vision.updateFaceUses(asUser(userId), { maySuggest })
  return userId
}
