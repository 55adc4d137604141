import { createWorker } from 'mediasoup'
import type { Worker } from 'mediasoup/types'
import { createSocket } from 'node:dgram'
import { setTimeout as wait } from 'node:timers/promises'
import { routerCodecs } from '../src/workers/router-codecs.ts'
import { addPublisher, addSubscriber, plainHost, type Publisher } from './plain-peers.ts'
import { startSinks } from './start-sinks.ts'
import { openWitnesses, type WitnessFigures, type Witnesses } from './witnesses/open-witnesses.ts'

export interface LoadOptions {
  readonly publishers: number
  readonly subscribers: number
  readonly seconds: number
  /** SRTP towards subscribers, as browsers have it. */
  readonly isEncrypted: boolean
  readonly workerBin?: string
  /** Real browsers at the same worker, which say what people would see of the load; absent: none. */
  readonly witnesses?: { readonly count: number; readonly browserPath: string }
}

export interface LoadFigures {
  /** RTP packets that arrived at subscribers. */
  readonly packetsForwarded: number
  /** User and system time of the worker's process. */
  readonly workerCpuSeconds: number
  readonly packetsPerCpuSecond: number
  /** Video consumers, each with its sound, that a worker with a whole core would serve in real time. */
  readonly consumersPerCore: number
  /** Of what was to arrive; also what the kernel dropped because this machine was busy. */
  readonly lossPercent: number
  /** With witnesses; what they send and receive is in the worker's time and in no other figure. */
  readonly witnesses?: readonly WitnessFigures[]
}

/** Until the last packets have arrived, in ms. */
const settleMs = 1_000
const tickMs = 5

/** Publishers and subscribers over plain transports at one worker. */
export async function measureLoad(options: LoadOptions): Promise<LoadFigures> {
  const { publishers: publisherCount, subscribers } = options
  const worker = await createWorker({
    logLevel: 'error',
    ...(options.workerBin === undefined ? {} : { workerBin: options.workerBin }),
  })
  const sinks = await startSinks(subscribers)
  const socket = createSocket('udp4')
  let witnesses: Witnesses | undefined
  try {
    const router = await worker.createRouter({ mediaCodecs: routerCodecs })
    const publishers: Publisher[] = []
    for (let at = 0; at < publisherCount; at += 1) publishers.push(await addPublisher(router, at))
    for (const port of sinks.ports) await addSubscriber(router, port, publishers, options.isEncrypted)
    if (options.witnesses) witnesses = await openWitnesses({ worker, router }, options.witnesses)
    await witnesses?.begin()
    let sent = 0
    const cpuBeforeMs = await cpuMsOf(worker)
    const beganAtMs = performance.now()
    const send = setInterval(() => {
      const elapsedMs = performance.now() - beganAtMs
      for (const { port, streams } of publishers)
        for (const packet of streams.flatMap((stream) => stream.due(elapsedMs))) {
          socket.send(packet, port, plainHost)
          sent += 1
        }
    }, tickMs)
    await wait(options.seconds * 1_000)
    clearInterval(send)
    const elapsedMs = performance.now() - beganAtMs
    const seen = await witnesses?.end()
    await wait(settleMs)
    const cpuMs = (await cpuMsOf(worker)) - cpuBeforeMs
    const arrived = await sinks.count()
    const videos = publisherCount * subscribers
    const figures = toFigures({ arrived, due: sent * subscribers, cpuMs, elapsedMs, videos })
    return seen === undefined ? figures : { ...figures, witnesses: seen }
  } finally {
    await witnesses?.close()
    socket.close()
    sinks.close()
    worker.close()
  }
}

function toFigures(of: {
  readonly arrived: number
  readonly due: number
  readonly cpuMs: number
  readonly elapsedMs: number
  readonly videos: number
}): LoadFigures {
  const cpuSeconds = of.cpuMs / 1_000
  return {
    packetsForwarded: of.arrived,
    workerCpuSeconds: Number(cpuSeconds.toFixed(3)),
    packetsPerCpuSecond: Math.round(of.arrived / cpuSeconds),
    consumersPerCore: Math.round((of.videos * (of.arrived / of.due) * of.elapsedMs) / of.cpuMs),
    lossPercent: Number(Math.max(0, (1 - of.arrived / of.due) * 100).toFixed(3)),
  }
}

async function cpuMsOf(worker: Worker): Promise<number> {
  const { ru_utime: user, ru_stime: system } = await worker.getResourceUsage()
  return user + system
}
