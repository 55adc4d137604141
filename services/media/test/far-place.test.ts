import { mediaPlacesContract, type MediaPlacesApi } from '@our-now/contracts/media-places.ts'
import { systemClock as clock } from '@our-now/platform/clock/clock.ts'
import { loadConfig } from '@our-now/platform/config/load-config.ts'
import { createSecret } from '@our-now/platform/config/secret.ts'
import { openLeaseStore } from '@our-now/platform/lease-store/open-lease-store.ts'
import { createScope } from '@our-now/platform/lifecycle/create-scope.ts'
import { callOverHttp } from '@our-now/platform/service-call/call-over-http.ts'
import { serveOverHttp } from '@our-now/platform/service-call/serve-over-http.ts'
import { findMediaWorker } from '@our-now/testkit/media-worker.ts'
import { createTestLog } from '@our-now/testkit/test-log.ts'
import { waitUntil } from '@our-now/testkit/wait-until.ts'
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createBringMedia } from '../src/calls/bring-media.ts'
import type { Call } from '../src/calls/call.ts'
import { MediaSettings } from '../src/config.ts'
import { createCallLeases, type CallLeases } from '../src/nodes/call-leases.ts'
import { openFarPlace } from '../src/places/far-place.ts'
import { createLentPlaces, type LentPlaces } from '../src/places/lent-places.ts'
import { createLocalPlace, type LocalPlace } from '../src/places/local-place.ts'
import type { MediaPlace } from '../src/places/media-place.ts'
import { createPlacesApi } from '../src/places/places-api.ts'
import { createWorkerPool } from '../src/workers/worker-pool.ts'
import { hear, sendSound } from './support/sent-sound.ts'

const workerBin = findMediaWorker()
if (workerBin === undefined) console.warn('left out: places at other nodes: no media worker on this machine')

const leaseMs = 400
const pipes = { listenAddress: '127.0.0.1', host: 'localhost' }
const appData = { source: 'microphone', peerId: randomUUID() } as const
const context = { traceId: 't' }
/** True as far as pipes look: they keep what is a call's own by it, and ask who receives what. */
const asCall = (): Call => ({ peers: new Map() }) as unknown as Call

describe.skipIf(workerBin === undefined)('a place that another node lends', () => {
  let scope = createScope()
  let owner: CallLeases
  let lent: LentPlaces
  let api: MediaPlacesApi
  let home: LocalPlace
  let lost: number
  const roomId = randomUUID()

  beforeEach(async () => {
    scope = createScope()
    lost = 0
    const log = createTestLog()
    const leaseStore = scope.own(await openLeaseStore('memory:', { clock, log }))
    const leasesOf = () =>
      createCallLeases({ leaseStore, me: { nodeId: randomUUID(), url: 'http://x' }, leaseMs: 60_000 })
    owner = leasesOf()
    const config = loadConfig(MediaSettings, { MEDIA_WORKERS: '1', MEDIA_WORKER_BIN: workerBin })
    const pools = [createWorkerPool({ config, log }), createWorkerPool({ config, log })]
    for (const pool of pools) {
      await pool.start()
      scope.own({ close: () => pool.stop() })
    }
    const [here, there] = pools
    if (here === undefined || there === undefined) throw new Error('two pools')
    const places = createLentPlaces({ pool: there, leases: leasesOf(), leaseMs, pipes, log })
    lent = places
    scope.own({ close: async () => places.stop() })
    const serviceToken = createSecret('t'.repeat(32))
    const door = await serveOverHttp({
      services: [
        {
          name: 'media-places',
          contract: mediaPlacesContract,
          api: createPlacesApi(places),
          unreadyReason: () => undefined,
        },
      ],
      host: '127.0.0.1',
      port: 0,
      serviceToken,
      clock,
      log,
    })
    scope.own(door)
    const remote = callOverHttp(mediaPlacesContract, {
      service: 'media-places',
      urls: [door.url],
      serviceToken,
      clock,
    })
    api = scope.own(remote).api
    home = createLocalPlace(await here.place(), owner.me.nodeId, pipes)
    await owner.take(roomId)
  })
  afterEach(() => scope.stop())

  const open = async (epoch = 1): Promise<MediaPlace> => {
    const node = { nodeId: randomUUID(), url: '' }
    const ownerId = owner.me.nodeId
    const onLost = () => {
      lost += 1
    }
    const place = await openFarPlace({ node, api, roomId, epoch, ownerId, leaseMs, clock, onLost })
    scope.own({ close: async () => place.close() })
    return place
  }
  const innerOf = ({ placeId }: MediaPlace, epoch = 1) => lent.find({ placeId, epoch })

  test('what is sent here is received there and the other way round, packet for packet', async () => {
    const far = await open()
    const there = innerOf(far)
    const { bring, forget } = createBringMedia()
    const call = asCall()
    const mine = await sendSound(home.router, { ssrc: 11, appData })
    const theirs = await sendSound(there.place.router, { ssrc: 22, appData })
    scope.own({ close: async () => [mine, theirs].forEach(({ stop }) => stop()) })
    there.producers.set(theirs.producer.id, theirs.producer)
    const asMedia = (producer: { id: string }) => Object.assign(producer, { appData }) as never
    await Promise.all([
      bring(call, asMedia(mine.producer), { from: home, to: far }),
      bring(call, asMedia(mine.producer), { from: home, to: far }),
      bring(call, asMedia(theirs.producer), { from: far, to: home }),
    ])
    expect(there.pipes.size).toBe(1)
    const heardThere = await hear(there.place.router, mine.producer.id)
    const heardHere = await hear(home.router, theirs.producer.id)
    await waitUntil(() => Math.min(heardThere.sizes.length, heardHere.sizes.length) >= 50)
    forget(call, mine.producer.id)
    await waitUntil(() => heardThere.consumer.closed)
    expect(heardHere.consumer.closed).toBe(false)
    // Sent again under the same id it arrives again.
    await bring(call, asMedia(mine.producer), { from: home, to: far })
    const again = await hear(there.place.router, mine.producer.id)
    await waitUntil(() => again.sizes.length >= 10)
  })

  test('commands of an older epoch are refused, and so is who has not the call', async () => {
    const old = await open(1)
    const now = await open(2)
    const far = innerOf(now, 2)
    const notFound = { code: 'call_not_found' }
    for (const at of [
      { placeId: old.placeId, epoch: 1 },
      { placeId: now.placeId, epoch: 1 },
    ]) {
      await expect(api.openTransport(context, at)).rejects.toMatchObject(notFound)
      await expect(api.closePlace(context, at)).rejects.toMatchObject(notFound)
    }
    await expect(open(1)).rejects.toMatchObject(notFound)
    const asked = { roomId, epoch: 3, ownerId: randomUUID() }
    await expect(api.openPlace(context, asked)).rejects.toMatchObject(notFound)
    expect(far.place.isClosed()).toBe(false)
    await waitUntil(() => lost === 1)
    expect(old.isClosed()).toBe(true)
  })

  test('another call’s transport, producer, consumer and pipe are not found', async () => {
    const mine = await open()
    const at = { placeId: mine.placeId, epoch: 1 }
    const { transportId } = await api.openTransport(context, at)
    const { pipeId } = await api.openPipe(context, at)
    const otherRoom = randomUUID()
    await owner.take(otherRoom)
    const { placeId } = await api.openPlace(context, {
      roomId: otherRoom,
      epoch: 1,
      ownerId: owner.me.nodeId,
    })
    const other = { placeId, epoch: 1 }
    const sent = await sendSound(innerOf(mine).place.router, { ssrc: 1, appData })
    sent.stop()
    innerOf(mine).producers.set(sent.producer.id, sent.producer)
    const producerId = sent.producer.id
    const ownTransport = (await api.openTransport(context, other)).transportId
    const ownPipe = (await api.openPipe(context, other)).pipeId
    const rtpCapabilities = { codecs: [] }
    for (const refused of [
      () => api.restartIce(context, { ...other, transportId }),
      () => api.consume(context, { ...other, transportId, producerId, rtpCapabilities }),
      () => api.consume(context, { ...other, transportId: ownTransport, producerId, rtpCapabilities }),
      () => api.setProducer(context, { ...other, producerId, state: 'paused' }),
      () => api.sendIntoPipe(context, { ...other, pipeId: ownPipe, producerId }),
      () => api.sendIntoPipe(context, { ...at, pipeId: ownPipe, producerId }),
      () => api.setConsumer(context, { ...other, consumerId: randomUUID(), isPaused: false }),
    ])
      await expect(refused()).rejects.toMatchObject({ code: 'not_found' })
    await api.setProducer(context, { ...other, producerId, state: 'closed' })
    await api.closeTransport(context, { ...other, transportId })
    await api.closePipe(context, { ...other, pipeId })
    const { producers, transports, pipes: open_ } = innerOf(mine)
    expect([producers.size, transports.size, open_.size]).toEqual([1, 1, 1])
  })

  test('it ends by itself when its owner is silent, and its owner learns that it has ended', async () => {
    const ownerId = owner.me.nodeId
    // Opened and never kept.
    const { placeId } = await api.openPlace(context, { roomId, epoch: 1, ownerId })
    const forgotten = lent.find({ placeId, epoch: 1 }).place
    await waitUntil(() => forgotten.isClosed(), { timeoutMs: 8 * leaseMs })
    const kept = await open()
    innerOf(kept).place.close()
    lent.close(innerOf(kept))
    await waitUntil(() => lost === 1)
    expect(kept.isClosed()).toBe(true)
  })
})
