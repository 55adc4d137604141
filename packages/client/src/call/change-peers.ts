import type { CallEventChange, CallPeer } from '@our-now/contracts/media.ts'

type PeerChange = Exclude<CallEventChange, { kind: 'speaker' | 'out' | 'muted' | 'mute-asked' }>

/** Who is in the call after a change; the same change twice changes nothing more. */
export function changePeers(peers: readonly CallPeer[], change: PeerChange): readonly CallPeer[] {
  const withPeer = (peerId: string, patch: (peer: CallPeer) => CallPeer): readonly CallPeer[] =>
    peers.map((peer) => (peer.peerId === peerId ? patch(peer) : peer))
  switch (change.kind) {
    case 'peer-joined':
      return [...peers.filter(({ peerId }) => peerId !== change.peer.peerId), change.peer]
    case 'peer-left':
      return peers.filter(({ peerId }) => peerId !== change.peerId)
    case 'producer-changed':
      return withPeer(change.peerId, (peer) => ({
        ...peer,
        producers: [
          // One of each source: what came before it is gone, told or not.
          ...peer.producers.filter(({ source }) => source !== change.producer.source),
          change.producer,
        ],
      }))
    case 'producer-closed':
      return withPeer(change.peerId, (peer) => ({
        ...peer,
        producers: peer.producers.filter(({ producerId }) => producerId !== change.producerId),
      }))
    case 'hand':
      return withPeer(change.peerId, (peer) => ({ ...peer, isHandRaised: change.isHandRaised }))
  }
}
