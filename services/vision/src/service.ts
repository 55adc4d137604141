import type { VisionApi } from '@our-now/contracts/vision.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { retryDeadlocks } from '@our-now/platform/database/retry-deadlocks.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { LeaseStore } from '@our-now/platform/lease-store/lease-store.ts'
import { createMemoryLeaseStore } from '@our-now/platform/lease-store/memory-lease-store.ts'
import { withLocalLeases } from '@our-now/platform/lease-store/with-local-leases.ts'
import type { Service } from '@our-now/platform/lifecycle/service.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import { createThrottle } from './callers/throttle.ts'
import { requireUser } from './callers/require-user.ts'
import { createCreateChallenge } from './challenges/create-challenge.ts'
import { createHasFace, createIsEnrolled } from './challenges/has-face.ts'
import { createTries } from './challenges/tries.ts'
import { createVerifyChallenge } from './challenges/verify-challenge.ts'
import type { VisionConfig } from './config.ts'
import { createGiveFaceConsent } from './consents/give-face-consent.ts'
import { createReadFaceSettings } from './consents/read-face-settings.ts'
import { createUpdateFaceUses } from './consents/update-face-uses.ts'
import type { FaceEngine } from './engine/face-engine.ts'
import { createDeleteFace } from './enrolment/delete-face.ts'
import { createEnrolShots } from './enrolment/enrol-shots.ts'
import { loadKeyWrapper } from './keys/load-key-wrapper.ts'
import type { KeyWrapper } from './keys/service-key.ts'
import { createEyes } from './pictures/look-at.ts'
import { createCheckFace } from './shots/check-face.ts'
import { createConfirmTag } from './tagging/confirm-tag.ts'
import { createListTags, createRemoveTag } from './tagging/remove-tag.ts'
import { createGetRoomTagging, createSetRoomTagging } from './tagging/room-tagging.ts'
import type { Rooms } from './tagging/rooms.ts'
import { createSuggestFaces } from './tagging/suggest-faces.ts'
import { createTemplateVault } from './templates/template-vault.ts'

/** Opened by the caller, who closes them after `stop`. */
export interface VisionDeps {
  readonly database: Database
  readonly leaseStore: LeaseStore
  /** Undefined: face features are off. What people gave before can still be read and deleted. */
  readonly engine: FaceEngine | undefined
  readonly rooms: Rooms
  readonly clock: Clock
  readonly log: Logger
  readonly config: VisionConfig
}

export function createVision(deps: VisionDeps): Service<VisionApi> {
  const { engine, rooms, clock, log, config } = deps
  const database = retryDeadlocks(deps.database)
  // Faces are verified without Redis too: tries are then counted by each replica alone.
  const leaseStore = withLocalLeases(deps.leaseStore, createMemoryLeaseStore({ clock }))
  const isOn = engine !== undefined
  let wrapper: KeyWrapper | undefined
  const vault = createTemplateVault(() => wrapper ?? refuse())
  const eyes = createEyes(engine, clock)
  const throttle = createThrottle(leaseStore)
  const tries = createTries(leaseStore, { maxTries: config.visionTries, lockMs: config.visionLockMs })
  const readFaceSettings = createReadFaceSettings(database, engine?.modelId)
  const isEnrolled = createIsEnrolled(database, engine?.modelId)
  const tagging = { database, rooms, isOn, clock }

  return {
    name: 'vision',
    api: {
      getFaceSettings: (context) => readFaceSettings(requireUser(context)),
      giveFaceConsent: createGiveFaceConsent({ database, readFaceSettings, isOn, clock }),
      updateFaceUses: createUpdateFaceUses({ database, readFaceSettings, isOn }),
      checkFace: createCheckFace({ database, eyes, throttle }),
      enrolShots: createEnrolShots({ database, eyes, vault, throttle, readFaceSettings, clock, log }),
      deleteFace: createDeleteFace({ database, clock, log }),
      hasFace: createHasFace(isEnrolled),
      createChallenge: createCreateChallenge({
        database,
        isEnrolled,
        isOn,
        tries,
        clock,
        ttlMs: config.visionChallengeTtlMs,
        lockMs: config.visionLockMs,
      }),
      verifyChallenge: createVerifyChallenge({
        database,
        eyes,
        vault,
        isEnrolled,
        tries,
        throttle,
        clock,
        log,
      }),
      getRoomTagging: createGetRoomTagging(tagging),
      setRoomTagging: createSetRoomTagging(tagging),
      suggestFaces: createSuggestFaces({ database, eyes, vault, rooms, throttle }),
      confirmTag: createConfirmTag(tagging),
      removeTag: createRemoveTag(tagging),
      listTags: createListTags(tagging),
    },
    start: async () => {
      // A database in a file belongs to one machine, and so may the key; replicas have to be given the same one.
      if (isOn)
        wrapper = await loadKeyWrapper(config.visionKeyFile, {
          mayCreate: database.dialect === 'sqlite',
          log,
        })
    },
    stop: async () => {
      wrapper = undefined
      await leaseStore.close()
    },
    unreadyReason: () =>
      isOn && wrapper === undefined ? 'the key is not loaded yet' : database.unreadyReason(),
  }
}

function refuse(): never {
  throw new AppError('unavailable')
}
