import type { CallContext } from '@our-now/contracts/service-contract.ts'
import type { VisionApi } from '@our-now/contracts/vision.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'

/** What signing in asks of the vision service: one face against one person, never a search. */
export type Faces = Pick<VisionApi, 'hasFace' | 'enrolShots' | 'createChallenge' | 'verifyChallenge'>

/** Between services the face of anybody may be asked for: who asks here has no session yet, or gave the password again. */
export const asService = ({ traceId, deadlineAtMs }: CallContext): CallContext => ({
  traceId,
  ...(deadlineAtMs === undefined ? {} : { deadlineAtMs }),
})

/** Nobody waits longer before the second step is shown, in ms: the codes are there at once. */
const patienceMs = 1_000

/** Whether somebody may show their face now. Where the service does not answer, the other ways are offered. */
export type OffersFace = (context: CallContext, userId: string) => Promise<boolean>

/** @param faces  Undefined: this product has no vision service. */
export function createOffersFace(
  faces: Faces | undefined,
  { clock, log }: { readonly clock: Clock; readonly log: Logger },
): OffersFace {
  return async ({ traceId }, userId) => {
    if (faces === undefined) return false
    try {
      const context = { traceId, deadlineAtMs: clock.now() + patienceMs }
      return (await faces.hasFace(context, { userId })).hasFace
    } catch (error) {
      log.warn({ err: error }, 'vision does not answer: the face is not offered')
      return false
    }
  }
}
