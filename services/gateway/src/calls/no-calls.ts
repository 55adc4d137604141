import type { MediaApi } from '@our-now/contracts/media.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'

const refuse = async (): Promise<never> => {
  throw new AppError('calls_unavailable')
}

/** What a gateway answers with that has no media service behind it. */
export const noCalls: MediaApi = {
  getCall: async (_context, { roomId }) => ({ roomId }),
  listCalls: async () => ({ calls: [] }),
  declineCall: async () => ({}),
  joinCall: refuse,
  connectTransport: refuse,
  restartIce: refuse,
  produce: refuse,
  setProducer: refuse,
  consume: refuse,
  setConsumer: refuse,
  raiseHand: refuse,
  mutePeer: refuse,
  askAllToMute: refuse,
  letIntoCall: refuse,
  listLockedOut: refuse,
  keepCall: refuse,
  leaveCall: async () => ({}),
  recheckMember: async () => ({}),
  probePath: refuse,
}
