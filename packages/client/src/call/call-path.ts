import type { CommandReply } from '@our-now/contracts/socket.ts'

/** Which way media may take: `any` is the product, the others are for tests and for finding faults. */
export type CallPath = 'any' | 'udp' | 'tcp' | 'relay'

export const isCallPath = (text: unknown): text is CallPath =>
  text === 'any' || text === 'udp' || text === 'tcp' || text === 'relay'

type Offer = CommandReply<'call:join'>['sendTransport']

/** The offer with those of the server's addresses that the path allows. A relay reaches them all itself. */
export const alongPath = (offer: Offer, path: CallPath): Offer => ({
  ...offer,
  iceCandidates: offer.iceCandidates.filter(({ protocol }) =>
    path === 'udp' || path === 'tcp' ? protocol === path : true,
  ),
})
