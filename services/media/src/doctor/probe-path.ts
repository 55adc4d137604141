import type { MediaApi } from '@our-now/contracts/media.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { DtlsParameters, Router } from 'mediasoup/types'
import { requireDevice } from '../callers/require-device.ts'
import { refusedByWorker } from '../calls/refused-by-worker.ts'
import { withoutAbsent } from '../calls/without-absent.ts'
import type { MediaConfig } from '../config.ts'
import { turnCredentials } from '../turn/turn-credentials.ts'
import type { WorkerPool } from '../workers/worker-pool.ts'

export interface ProbePathDeps {
  readonly pool: WorkerPool
  readonly clock: Clock
  readonly config: MediaConfig
}

/** How long a probe waits for the browser, in ms. */
const lifetimeMs = 20_000
/** On one node at a time: looking for a fault must not become one. */
const mostProbes = 32

/** Paths that carry nothing: a browser that reaches one of them could talk in a call. Close with `stop`. */
export function createProbePath({ pool, clock, config }: ProbePathDeps): {
  readonly api: Pick<MediaApi, 'probePath'>
  stop(): void
} {
  /** The last probe of each device: the next one takes its place. */
  const probes = new Map<string, { readonly router: Router; readonly timer: NodeJS.Timeout }>()
  /** Asked for by devices that are not in `probes` yet. */
  let opening = 0
  const end = (sessionId: string): void => {
    const probe = probes.get(sessionId)
    if (probe === undefined) return
    clearTimeout(probe.timer)
    probes.delete(sessionId)
    probe.router.close()
  }
  return {
    api: {
      probePath: async (context, { dtlsParameters }) => {
        const { userId, sessionId } = requireDevice(context)
        end(sessionId)
        if (probes.size + opening >= mostProbes)
          throw new AppError('unavailable', undefined, { retryAfterMs: lifetimeMs })
        opening += 1
        const { router, webRtcServer } = await pool.place().finally(() => {
          opening -= 1
        })
        end(sessionId)
        probes.set(sessionId, { router, timer: setTimeout(() => end(sessionId), lifetimeMs) })
        const transport = await refusedByWorker(async () => {
          const opened = await router.createWebRtcTransport({
            webRtcServer,
            enableUdp: true,
            enableTcp: true,
            preferUdp: true,
            enableSctp: true,
          })
          /** True because the contract's schema is a subset of mediasoup's type. */
          await opened.connect({ dtlsParameters: dtlsParameters as DtlsParameters })
          return opened
        })
        const { id, iceParameters, iceCandidates, dtlsParameters: answer } = transport
        return {
          offer: withoutAbsent({ transportId: id, iceParameters, iceCandidates, dtlsParameters: answer }),
          iceServers: turnCredentials(
            { urls: config.mediaTurnUrls, secret: config.mediaTurnSecret },
            { userId, nowMs: clock.now() },
          ),
        }
      },
    },
    stop: () => {
      for (const sessionId of probes.keys()) end(sessionId)
    },
  }
}
