import type { WebRtcTransport } from 'mediasoup/types'
import type { Placement } from '../workers/worker-pool.ts'
import type { MediaPlace } from './media-place.ts'
import { openPipeEnd, type LocalPipeEnd, type PipeSettings } from './pipe-end.ts'

const initialOutgoingBps = 1_000_000

/** A place at a worker of this node. */
export interface LocalPlace extends MediaPlace {
  readonly router: Placement['router']
  readonly workerPid: number
  openTransport(maxIncomingBps?: number): Promise<WebRtcTransport>
  openPipe(): Promise<LocalPipeEnd>
}

export function createLocalPlace(
  { router, webRtcServer, workerPid }: Placement,
  nodeId: string,
  pipes: PipeSettings,
): LocalPlace {
  return {
    nodeId,
    placeId: router.id,
    router,
    workerPid,
    isClosed: () => router.closed,
    openTransport: async (maxIncomingBps) => {
      const transport = await router.createWebRtcTransport({
        webRtcServer,
        enableUdp: true,
        enableTcp: true,
        preferUdp: true,
        initialAvailableOutgoingBitrate: initialOutgoingBps,
      })
      if (maxIncomingBps !== undefined) await transport.setMaxIncomingBitrate(maxIncomingBps)
      return transport
    },
    openPipe: () => openPipeEnd(router, pipes),
    close: () => router.close(),
  }
}
