import { mediaPlacesContract, type MediaPlacesApi } from '@our-now/contracts/media-places.ts'
import { mediaContract, type MediaApi } from '@our-now/contracts/media.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import type { Secret } from '@our-now/platform/config/secret.ts'
import { callOverHttp, type RemoteApi } from '@our-now/platform/service-call/call-over-http.ts'
import type { MediaNode } from './call-leases.ts'

/** Ways to the other nodes, opened once each; `close` ends them. */
export interface OtherNodes {
  open(node: MediaNode): MediaApi
  /** The places that it lends. */
  openPlaces(node: MediaNode): MediaPlacesApi
  close(): void
}

export function createOtherNodes(options: {
  readonly serviceToken: Secret
  readonly clock: Clock
}): OtherNodes {
  const known = new Map<string, RemoteApi<typeof mediaContract>>()
  const places = new Map<string, RemoteApi<typeof mediaPlacesContract>>()
  return {
    open: ({ url }) => {
      const remote =
        known.get(url) ?? callOverHttp(mediaContract, { ...options, service: 'media-node', urls: [url] })
      known.set(url, remote)
      return remote.api
    },
    openPlaces: ({ url }) => {
      const remote =
        places.get(url) ??
        callOverHttp(mediaPlacesContract, { ...options, service: 'media-places', urls: [url] })
      places.set(url, remote)
      return remote.api
    },
    close: () => {
      for (const remote of [...known.values(), ...places.values()]) remote.close()
    },
  }
}
