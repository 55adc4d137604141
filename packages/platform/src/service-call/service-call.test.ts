import { expect, test } from 'vitest'
import { systemClock } from '../clock/clock.ts'
import { createSecret } from '../config/secret.ts'
import { createLogger } from '../logging/logger.ts'
import { callDirectly } from './call-directly.ts'
import { callOverHttp } from './call-over-http.ts'
import { serveOverHttp } from './serve-over-http.ts'
import { describeServiceCall, suiteApi, suiteContract } from './service-call.suite.ts'

const deps = { log: createLogger('silent'), clock: systemClock }
const serviceToken = createSecret('a token between services')

const serve = () =>
  serveOverHttp({
    ...deps,
    services: [{ name: 'suite', contract: suiteContract, api: suiteApi, unreadyReason: () => undefined }],
    host: '127.0.0.1',
    port: 0,
    serviceToken,
  })

describeServiceCall('direct', async () => ({
  api: callDirectly(suiteContract, suiteApi, deps),
  close: async () => undefined,
}))

describeServiceCall('HTTP', async () => {
  const door = await serve()
  const { api, close } = callOverHttp(suiteContract, {
    service: 'suite',
    urls: [door.url],
    serviceToken,
    clock: systemClock,
  })
  return {
    api,
    close: async () => {
      close()
      await door.close()
    },
  }
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
