import type { ServiceContract } from '@our-now/contracts/service-contract.ts'
import { once } from 'node:events'
import { createServer as createHttpServer, request } from 'node:http'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { systemClock } from '../clock/clock.ts'
import { createSecret } from '../config/secret.ts'
import { AppError } from '../errors/app-error.ts'
import { createLogger } from '../logging/logger.ts'
import { callDirectly } from './call-directly.ts'
import { callOverHttp } from './call-over-http.ts'
import { serveOverHttp, type ServiceDoor } from './serve-over-http.ts'
import { describeServiceCall, suiteApi, suiteContract } from './service-call.suite.ts'

const deps = { log: createLogger('silent'), clock: systemClock }
const serviceToken = createSecret('a token between services')

const serve = (contract: ServiceContract = suiteContract) =>
  serveOverHttp({
    ...deps,
    services: [{ name: 'suite', contract, api: suiteApi, unreadyReason: () => undefined }],
    host: '127.0.0.1',
    port: 0,
    serviceToken,
  })
const call = <C extends ServiceContract>(contract: C, url: string) =>
  callOverHttp(contract, { service: 'suite', urls: [url], serviceToken, clock: systemClock })

describeServiceCall('direct', async () => ({
  api: callDirectly(suiteContract, suiteApi, deps),
  close: async () => undefined,
}))

describeServiceCall('HTTP', () => openOverHttp(suiteContract))

describeServiceCall('HTTP, calls together', () => openOverHttp(together(suiteContract)))

async function openOverHttp(contract: typeof suiteContract) {
  const door = await serve(contract)
  const { api, close } = call(contract, door.url)
  return {
    api,
    close: async () => {
      close()
      await door.close()
    },
  }
}

/** The same operations, of a kind that travels in batches. */
function together<C extends ServiceContract>(contract: C): C {
  const changed = Object.entries(contract).map(([name, operation]) => [
    name,
    { ...operation, isRepeatable: true, isBatched: true },
  ])
  /** True because only flags were added. */
  return Object.fromEntries(changed) as C
}

describe('calls that travel together', () => {
  const contract = together({ echo: suiteContract.echo, hang: suiteContract.hang })
  let requests: number
  let remote: ReturnType<typeof callOverHttp<typeof contract>>
  let close: () => Promise<void>
  beforeEach(async () => {
    requests = 0
    const door = await serve(contract)
    const counting = createHttpServer((incoming, outgoing) => {
      requests += 1
      const onward = request(
        door.url + (incoming.url ?? ''),
        { method: 'POST', headers: incoming.headers },
        (reply) => {
          outgoing.writeHead(reply.statusCode ?? 0, reply.headers)
          reply.pipe(outgoing)
        },
      )
      incoming.pipe(onward)
    })
    counting.listen(0, '127.0.0.1')
    await once(counting, 'listening')
    /** True because a server that listens on a host has an address of this form. */
    remote = call(contract, `http://127.0.0.1:${(counting.address() as AddressInfo).port}`)
    close = async () => {
      remote.close()
      counting.closeAllConnections()
      counting.close()
      await door.close()
    }
  })
  afterEach(() => close())
  const context = { traceId: 't' }

  test('a thousand at once are a few requests, each answered as it asked', async () => {
    const texts = Array.from({ length: 1_000 }, (_, index) => String(index))
    const replies = await Promise.all(texts.map((text) => remote.api.echo(context, { text })))
    expect(replies).toEqual(texts.map((text) => ({ text })))
    expect(requests).toBeLessThan(20)
  })

  test('one that hangs holds up neither those beside it nor those behind it', async () => {
    const hanging = Array.from({ length: 3 }, () =>
      remote.api
        .hang({ ...context, deadlineAtMs: systemClock.now() + 700 }, {})
        .catch((error: unknown) => error),
    )
    expect(await remote.api.echo(context, { text: 'beside' })).toEqual({ text: 'beside' })
    for (const text of ['a', 'b', 'c']) expect(await remote.api.echo(context, { text })).toEqual({ text })
    const failures = await Promise.race([Promise.all(hanging), Promise.resolve('still hanging')])
    expect(failures).toBe('still hanging')
    for (const failure of await Promise.all(hanging)) expect(failure).toMatchObject({ code: 'timeout' })
  })
})

test('without the service token nothing is answered', async () => {
  const door = await serve()
  const wrong = createSecret('another token')
  const { api, close } = callOverHttp(suiteContract, {
    service: 'suite',
    urls: [door.url],
    serviceToken: wrong,
    clock: systemClock,
  })
  await expect(api.echo({ traceId: 't' }, { text: 'a' })).rejects.toMatchObject({ code: 'unauthenticated' })
  close()
  await door.close()
})

test('a replica that is gone is passed over, none left is unavailable', async () => {
  const gone = await serve()
  await gone.close()
  const there = await serve()
  const both = callOverHttp(suiteContract, {
    service: 'suite',
    urls: [gone.url, there.url],
    serviceToken,
    clock: systemClock,
  })
  for (const text of ['a', 'b', 'c'])
    expect(await both.api.echo({ traceId: 't' }, { text })).toEqual({ text })
  both.close()
  await there.close()
  const none = callOverHttp(suiteContract, {
    service: 'suite',
    urls: [gone.url],
    serviceToken,
    clock: systemClock,
  })
  await expect(none.api.echo({ traceId: 't' }, { text: 'a' })).rejects.toMatchObject({ code: 'unavailable' })
  none.close()
})

test('the internal door tells its health', async () => {
  const door = await serve()
  expect((await fetch(`${door.url}/livez`)).status).toBe(200)
  expect((await fetch(`${door.url}/readyz`)).status).toBe(200)
  await door.close()
})

describe('a replica that takes calls and never answers', () => {
  const contract = {
    repeatable: { ...suiteContract.echo, isRepeatable: true },
    once: suiteContract.echo,
  } as const
  let silent: Server
  let there: ServiceDoor
  let calls: number
  let heard: string
  let remote: ReturnType<typeof callOverHttp<typeof contract>>
  beforeEach(async () => {
    calls = 0
    heard = ''
    silent = createServer((socket) => {
      socket.once('data', () => calls++).on('error', () => undefined)
      socket.on('data', (chunk) => (heard += chunk.toString()))
    })
    silent.listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const api = { repeatable: suiteApi.echo, once: suiteApi.echo }
    const service = { name: 'suite', contract, api, unreadyReason: () => undefined }
    there = await serveOverHttp({ ...deps, services: [service], host: '127.0.0.1', port: 0, serviceToken })
    /** True because a server that listens on a host has an address of this form. */
    const silentUrl = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`
    remote = callOverHttp(contract, {
      service: 'suite',
      urls: [silentUrl, there.url],
      serviceToken,
      clock: systemClock,
    })
  })
  afterEach(async () => {
    remote.close()
    silent.close()
    await there.close()
  })

  test('costs one call its first try; the next ones go elsewhere', async () => {
    for (const text of ['a', 'b', 'c', 'd'])
      expect(await remote.api.repeatable({ traceId: 't' }, { text })).toEqual({ text })
    expect(calls).toBe(1)
  })

  test('is told the end of its own try, not to do later what another one was asked for', async () => {
    const context = { traceId: 't', deadlineAtMs: systemClock.now() + 60_000 }
    const startedAtMs = systemClock.now()
    await remote.api.repeatable(context, { text: 'a' })
    const goneOnAtMs = systemClock.now()
    const told = Number(/"deadlineAtMs":(\d+)/.exec(heard)?.[1])
    expect(told).toBeGreaterThan(startedAtMs)
    expect(told).toBeLessThanOrEqual(goneOnAtMs)
  })

  test('a call that must not be repeated ends with an unknown outcome', async () => {
    const context = { traceId: 't', deadlineAtMs: systemClock.now() + 300 }
    await expect(remote.api.once(context, { text: 'a' })).rejects.toMatchObject({ code: 'timeout' })
    expect(await remote.api.once({ traceId: 't' }, { text: 'b' })).toEqual({ text: 'b' })
  })
})

describe('two replicas', () => {
  const contract = {
    repeatable: { ...suiteContract.echo, isRepeatable: true, key: 'text' },
    once: { ...suiteContract.echo, key: 'text' },
    refuse: { ...suiteContract.refuse, isRepeatable: true },
  } as const
  interface Replica {
    readonly door: ServiceDoor
    readonly asked: string[]
    /** Calls wait at it until told. */
    hold(): () => void
  }
  const opened: { close(): Promise<void> | void }[] = []
  afterEach(async () => {
    for (const one of opened.splice(0).toReversed()) await one.close()
  })

  const openReplica = async (refusal?: AppError): Promise<Replica> => {
    const asked: string[] = []
    let held: Promise<void> = Promise.resolve()
    const take = async (_: unknown, { text }: { text: string }) => {
      asked.push(text)
      await held
      if (refusal !== undefined) throw refusal
      return { text }
    }
    const api = { repeatable: take, once: take, refuse: suiteApi.refuse }
    const service = { name: 'suite', contract, api, unreadyReason: () => undefined }
    const door = await serveOverHttp({
      ...deps,
      services: [service],
      host: '127.0.0.1',
      port: 0,
      serviceToken,
    })
    opened.push(door)
    const hold = () => {
      const { promise, resolve } = Promise.withResolvers<void>()
      held = promise
      return resolve
    }
    return { door, asked, hold }
  }
  const call = (...replicas: readonly Replica[]) => {
    const urls = replicas.map(({ door }) => door.url)
    const remote = callOverHttp(contract, { service: 'suite', urls, serviceToken, clock: systemClock })
    opened.push(remote)
    return remote.api
  }
  const context = { traceId: 't' }

  test('share the keys, and each key stays with one', async () => {
    const [one, other] = [await openReplica(), await openReplica()]
    const api = call(one, other)
    for (let round = 0; round < 3; round++)
      for (let key = 0; key < 20; key++) await api.repeatable(context, { text: `room ${key}` })
    expect(one.asked.length).toBeGreaterThan(0)
    expect(other.asked.length).toBeGreaterThan(0)
    expect(new Set(one.asked).size + new Set(other.asked).size).toBe(20)
  })

  test.for(['unavailable', 'timeout'] as const)(
    'the other one is asked what the first answers with %s',
    async (code) => {
      const [one, other] = [await openReplica(new AppError(code)), await openReplica()]
      const api = call(one, other)
      for (let key = 0; key < 10; key++)
        expect(await api.repeatable(context, { text: `${key}` })).toEqual({ text: `${key}` })
      expect(one.asked.length).toBeGreaterThan(0)
      await expect(
        Promise.all(Array.from({ length: 10 }, (_, key) => api.once(context, { text: `${key}` }))),
      ).rejects.toMatchObject({ code })
    },
  )

  test('a replica that stops finishes what it has begun; what comes then goes to the other, repeatable or not', async () => {
    const [one, other] = [await openReplica(), await openReplica()]
    const api = call(one, other)
    const letGo = one.hold()
    const texts = Array.from({ length: 10 }, (_, key) => `${key}`)
    const begun = texts.map((text) => api.repeatable(context, { text }))
    await expect.poll(() => one.asked.length + other.asked.length).toBe(10)
    const closing = one.door.close()
    const seen = [...one.asked]
    for (const text of texts) {
      expect(await api.once(context, { text })).toEqual({ text })
      expect(await api.repeatable(context, { text })).toEqual({ text })
    }
    letGo()
    expect(await Promise.all(begun)).toEqual(texts.map((text) => ({ text })))
    const endedAtMs = performance.now()
    await closing
    // Kept connections are not waited for.
    expect(performance.now() - endedAtMs).toBeLessThan(1_000)
    expect(one.asked).toEqual(seen)
  })
})
