import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signUp } from './support/person.ts'
import { startStack, type Stack } from './support/stack.ts'

let folder: string
let stack: Stack
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'our-now-web-'))
  const web = join(folder, 'web')
  const docs = join(folder, 'docs')
  await mkdir(join(web, 'assets'), { recursive: true })
  await mkdir(docs)
  await writeFile(join(folder, 'secret.txt'), 'secret')
  await writeFile(join(web, 'index.html'), '<!doctype html><title>app</title>')
  await writeFile(join(web, 'sw.js'), 'self')
  await writeFile(join(web, 'assets', 'app-1a2b3c.js'), 'run()')
  await writeFile(join(docs, 'index.html'), '<!doctype html><title>docs</title>')
  await writeFile(join(docs, 'openapi.json'), '{}')
  stack = await startStack({ settings: { GATEWAY_STATIC_DIR: web, GATEWAY_DOCS_DIR: docs } })
})
afterAll(async () => {
  await stack.close()
  await rm(folder, { recursive: true, force: true })
})

const get = (path: string, accept = 'text/html,*/*;q=0.8') =>
  fetch(`${stack.url}${path}`, { headers: { accept }, redirect: 'manual' })

test.each([
  ['/', 'app', 'no-cache'],
  ['/index.html', 'app', 'no-cache'],
  ['/sw.js', 'self', 'no-cache'],
  ['/assets/app-1a2b3c.js', 'run()', 'public, max-age=31536000, immutable'],
  ['/rooms/0190-some-room', 'app', 'no-cache'],
  ['/docs/', 'docs', 'no-cache'],
  ['/docs/openapi.json', '{}', 'no-cache'],
])('%s is served', async (path, text, cacheControl) => {
  const response = await get(path)
  expect([response.status, response.headers.get('cache-control')]).toEqual([200, cacheControl])
  expect(await response.text()).toContain(text)
})

test.each([['/api/nothing'], ['/socket.iox/none.js'], ['/assets/gone.js', '*/*'], ['/docs/none.json']])(
  '%s is not there',
  async (path, accept = path.startsWith('/api') || path.startsWith('/docs') ? undefined : '*/*') => {
    expect((await get(path, accept)).status).toBe(404)
  },
)

test.each([
  ['/../secret.txt'],
  ['/%2e%2e/secret.txt'],
  ['/..%2fsecret.txt'],
  ['/assets/..%2f..%2fsecret.txt'],
  ['/%00'],
  ['//etc/passwd'],
])('%s leads nowhere else', async (path) => {
  const response = await get(path, '*/*')
  expect(await response.text()).not.toContain('secret')
  expect(response.status).toBeGreaterThanOrEqual(400)
})

test('every answer carries the headers that bind a browser', async () => {
  for (const path of ['/', '/assets/app-1a2b3c.js', '/api/me', '/nothing.js', '/docs/', '/livez']) {
    const { headers } = await get(path)
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy, path).toContain("default-src 'none'")
    expect(policy, path).toContain("frame-ancestors 'none'")
    expect(policy, path).toContain("require-trusted-types-for 'script'")
    expect(policy, path).not.toContain('unsafe-inline')
    expect(headers.get('x-content-type-options'), path).toBe('nosniff')
  }
})

test('behind a public URL the cookie is bound to HTTPS and the websocket is named', async () => {
  const local = await startStack({ settings: { GATEWAY_PUBLIC_URL: 'https://chat.example' } })
  const { cookie } = await signUp(local.url)
  expect(cookie).toMatch(/^__Host-on_refresh=/)
  const policy = (await fetch(`${local.url}/livez`)).headers.get('content-security-policy')
  expect(policy).toContain("connect-src 'self' wss://chat.example")
  await local.close()
})
