import type { Router, RtpCapabilities, WebRtcTransport, Worker } from 'mediasoup/types'
import { chromium, type Page } from 'playwright-core'
import { acceptAnswer, answerVideo, lookAtStats, offerCamera, type Seen } from './in-page.ts'
import { describeTransport, readDtls, readVideoLine } from './session-description.ts'

/** How one browser saw another one's camera while the worker was loaded. */
export interface WitnessFigures {
  readonly framesPerSecond: number
  /** As the browser counts them: a picture stood still for much longer than between two frames. */
  readonly freezes: number
  readonly freezeSeconds: number
  readonly lossPercent: number
}

export interface Witnesses {
  /** From now on counts. */
  begin(): Promise<void>
  /** What each saw since `begin`. */
  end(): Promise<WitnessFigures[]>
  close(): Promise<void>
}

const host = '127.0.0.1'
/** A page that the browser trusts with its camera; nothing is asked of the network for it. */
const address = 'https://witness.test/'
const switches = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
  '--use-fake-device-for-media-stream=fps=30',
  '--use-fake-ui-for-media-stream',
  '--allow-loopback-in-peer-connection',
]
/** Until the first pictures have arrived, in ms. */
const patienceMs = 20_000

/** Real Chromiums in the loaded call: each sends its camera and shows the next one's. Two at least. */
export async function openWitnesses(
  { worker, router }: { readonly worker: Worker; readonly router: Router },
  { count, browserPath }: { readonly count: number; readonly browserPath: string },
): Promise<Witnesses> {
  const browser = await chromium.launch({ executablePath: browserPath, args: switches, headless: true })
  try {
    const webRtcServer = await worker.createWebRtcServer({ listenInfos: [{ protocol: 'udp', ip: host }] })
    const openTransport = () => router.createWebRtcTransport({ webRtcServer })
    const pages: Page[] = []
    const producerIds: string[] = []
    for (let at = 0; at < count; at += 1) {
      const context = await browser.newContext()
      await context.route(address, (route) => route.fulfill({ contentType: 'text/html', body: '<body>' }))
      const page = await context.newPage()
      await page.goto(address)
      pages.push(page)
      producerIds.push(await sendCamera(page, await openTransport()))
    }
    for (const [at, page] of pages.entries()) {
      const producerId = producerIds[(at + 1) % count]
      if (producerId !== undefined)
        await showVideo(page, await openTransport(), { producerId, capabilities: router.rtpCapabilities })
    }
    for (const page of pages) await waitForPictures(page)
    return watch(pages, () => browser.close())
  } catch (error) {
    await browser.close()
    throw error
  }
}

async function sendCamera(page: Page, transport: WebRtcTransport): Promise<string> {
  const offer = await page.evaluate(offerCamera)
  const { payloadType, ssrc } = readVideoLine(offer)
  await transport.connect({ dtlsParameters: readDtls(offer) })
  await page.evaluate(acceptAnswer, describeTransport(transport, { payloadType }))
  const { id } = await transport.produce({
    kind: 'video',
    rtpParameters: {
      mid: '0',
      codecs: [{ mimeType: 'video/VP8', payloadType, clockRate: 90_000, rtcpFeedback: [...feedback] }],
      encodings: [{ ssrc }],
      rtcp: { cname: 'witness' },
    },
  })
  return id
}

async function showVideo(
  page: Page,
  transport: WebRtcTransport,
  { producerId, capabilities }: { readonly producerId: string; readonly capabilities: RtpCapabilities },
): Promise<void> {
  const consumer = await transport.consume({ producerId, rtpCapabilities: onlyVp8(capabilities) })
  const payloadType = consumer.rtpParameters.codecs[0]?.payloadType
  const ssrc = consumer.rtpParameters.encodings?.[0]?.ssrc
  if (payloadType === undefined || ssrc === undefined) throw new Error('a consumer without a stream')
  const answer = await page.evaluate(answerVideo, describeTransport(transport, { payloadType, sends: ssrc }))
  await transport.connect({ dtlsParameters: readDtls(answer) })
}

const feedback = [{ type: 'goog-remb' }, { type: 'nack' }, { type: 'nack', parameter: 'pli' }] as const

/** Without a stream of its own for repeats: the description has one line. */
const onlyVp8 = ({ codecs = [] }: RtpCapabilities): RtpCapabilities => ({
  codecs: codecs
    .filter(({ mimeType }) => mimeType === 'video/VP8')
    .map((codec) => ({ ...codec, rtcpFeedback: [...feedback] })),
  headerExtensions: [],
})

async function waitForPictures(page: Page): Promise<void> {
  const endsAtMs = performance.now() + patienceMs
  while ((await page.evaluate(lookAtStats)).framesDecoded === 0) {
    if (performance.now() > endsAtMs) throw new Error('a witness sees no picture')
    await page.waitForTimeout(100)
  }
}

function watch(pages: readonly Page[], close: () => Promise<void>): Witnesses {
  const look = (): Promise<Seen[]> => Promise.all(pages.map((page) => page.evaluate(lookAtStats)))
  let before: readonly Seen[] = []
  let beganAtMs = 0
  return {
    begin: async () => {
      before = await look()
      beganAtMs = performance.now()
    },
    end: async () => {
      const seconds = (performance.now() - beganAtMs) / 1_000
      const after = await look()
      return after.map((now, at) => toFigures(before[at] ?? now, now, seconds))
    },
    close,
  }
}

function toFigures(before: Seen, after: Seen, seconds: number): WitnessFigures {
  const lost = after.packetsLost - before.packetsLost
  const due = lost + after.packetsReceived - before.packetsReceived
  return {
    framesPerSecond: Number(((after.framesDecoded - before.framesDecoded) / seconds).toFixed(1)),
    freezes: after.freezes - before.freezes,
    freezeSeconds: Number((after.freezeSeconds - before.freezeSeconds).toFixed(2)),
    lossPercent: due === 0 ? 0 : Number(((Math.max(0, lost) / due) * 100).toFixed(3)),
  }
}
