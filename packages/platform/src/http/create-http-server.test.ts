import { afterEach, beforeEach, expect, test } from 'vitest'
import { AppError } from '../errors/app-error.ts'
import { createLogger } from '../logging/logger.ts'
import { createHttpServer, listen, type HttpServer } from './create-http-server.ts'

let server: HttpServer
let url: string
beforeEach(async () => {
  server = createHttpServer({ log: createLogger('silent') })
  server.post('/echo', async (request) => request.body)
  server.get('/busy', async () => {
    throw new AppError('overloaded', undefined, { retryAfterMs: 1_200 })
  })
  server.get('/bug', async () => {
    throw new Error('secret detail')
  })
  url = await listen(server, { host: '127.0.0.1', port: 0 })
})
afterEach(() => server.close())

const post = (body: string, contentType: string) =>
  fetch(`${url}/echo`, { method: 'POST', body, headers: { 'content-type': contentType } })

test('JSON goes in and comes out', async () => {
  expect(await (await post('{"a":1}', 'application/json')).json()).toEqual({ a: 1 })
  expect((await post('{"a":1}', 'application/json; charset=utf-8')).status).toBe(200)
})

test.each([
  ['{"a":', 'application/json'],
  ['{"a":1}', 'text/plain'],
  ['{"a":1}', 'application/json\ta'],
  ['a=1', 'application/x-www-form-urlencoded'],
])('body %s as %s is refused with a code', async (body, contentType) => {
  const response = await post(body, contentType)
  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({ code: 'invalid_request', status: 400 })
})

test('a body over the limit is too_large', async () => {
  const response = await post(JSON.stringify({ text: 'a'.repeat(70_000) }), 'application/json')
  expect(response.status).toBe(413)
  expect(await response.json()).toMatchObject({ code: 'too_large' })
})

test('a coded failure is a problem with its wait', async () => {
  const response = await fetch(`${url}/busy`)
  expect(response.headers.get('content-type')).toContain('application/problem+json')
  expect(response.headers.get('retry-after')).toBe('2')
  expect(await response.json()).toMatchObject({ code: 'overloaded', status: 503, retryAfterMs: 1_200 })
})

test('a bug shows nothing of itself', async () => {
  const response = await fetch(`${url}/bug`)
  expect(response.status).toBe(500)
  expect(await response.text()).not.toContain('secret')
})

test('what is not there is a problem too', async () => {
  expect(await (await fetch(`${url}/nowhere`)).json()).toMatchObject({ code: 'not_found', status: 404 })
})

test('a port in use is one sentence', async () => {
  const second = createHttpServer({ log: createLogger('silent') })
  const port = Number(new URL(url).port)
  await expect(listen(second, { host: '127.0.0.1', port })).rejects.toThrow(`Port ${port} is in use`)
  await second.close()
})
