import { waitUntil } from '@our-now/testkit/wait-until.ts'
import { findFreePort } from '@our-now/testkit/infra/free-port.ts'
import { startProduct } from '@our-now/testkit/start-product.ts'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { request } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { ask, openDoor } from './support/door.ts'

const projectDir = fileURLToPath(new URL('../../../', import.meta.url))
const isRoot = process.getuid?.() === 0

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'our-now-start-'))
})
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }))

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly error: string
}

/** Runs it to its end, which must come by itself. */
async function runToEnd(...args: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, ['services/all-in-one/src/main.ts', ...args], {
    cwd: projectDir,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const tooLate = setTimeout(() => child.kill('SIGKILL'), 15_000)
  const texts = { out: '', error: '' }
  child.stdout.on('data', (chunk: Buffer) => (texts.out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (texts.error += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  clearTimeout(tooLate)
  return { code, ...texts }
}

/** A port that something else has until the test ends. */
async function takenPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => new Promise((resolve) => void server.close(() => resolve())))
  return (server.address() as AddressInfo).port
}

test('says where it is ready, and Ctrl-C ends it with code 0 within 3 s, sockets and all', async () => {
  const product = await startProduct()
  onTestFinished(() => product.dispose())
  expect(product.output()).toMatch(/^ready http:\/\/localhost:\d+$/m)
  expect(product.output()).toContain(`data in ${product.dataDir}`)
  await openDoor(product.url, 'ada')
  const startedAt = performance.now()
  expect(await product.stop()).toBe(0)
  expect(performance.now() - startedAt).toBeLessThan(3_000)
  // Nothing but what a person should read.
  expect(product.output().trim().split('\n')).toHaveLength(2)
})

test('a second start on the same data finds everything', async () => {
  const dataDir = join(folder, 'twice')
  const first = await startProduct({ dataDir })
  const { accessToken, userId } = await openDoor(first.url, 'ada')
  const port = Number(new URL(first.url).port)
  await first.stop()
  const second = await startProduct({ dataDir, port })
  onTestFinished(() => second.dispose())
  const { status, body } = await ask(second.url, 'GET', '/api/me', accessToken)
  expect([status, body]).toMatchObject([200, { userId, handle: 'ada' }])
})

test('nobody else on the machine can read what people wrote, in a folder that was there before too', async () => {
  const dataDir = join(folder, 'open to all')
  await mkdir(dataDir, { mode: 0o755 })
  const product = await startProduct({ dataDir })
  onTestFinished(() => product.dispose())
  const files = (await readdir(dataDir, { recursive: true, withFileTypes: true })).filter((file) =>
    file.isFile(),
  )
  expect(files.length).toBeGreaterThan(3)
  for (const { parentPath, name } of files)
    expect([name, (await stat(join(parentPath, name))).mode & 0o077]).toEqual([name, 0])
})

describe('what keeps it from starting is one sentence, and code 1', () => {
  const free = ['--port', '0'] as const
  const data = (name: string): readonly string[] => ['--data', join(folder, name)]

  async function expectSentence(args: readonly string[], sentence: RegExp): Promise<void> {
    const { code, out, error } = await runToEnd(...args)
    expect(error.trim()).toMatch(sentence)
    expect(error.trim().split('\n')).toHaveLength(1)
    expect(error).not.toMatch(/\bat .*:\d+|"level"|Error:/)
    expect(out).not.toContain('ready')
    expect(code).toBe(1)
  }

  test('a port in use', async () => {
    const port = await takenPort()
    await expectSentence(
      ['--port', String(port), ...data('port')],
      new RegExp(`^Port ${port} is in use: .*--port\\.$`),
    )
  })

  test('a data folder in use', async () => {
    const product = await startProduct()
    onTestFinished(() => product.dispose())
    await expectSentence(
      [...free, '--data', product.dataDir],
      /^The data folder .* is in use by another Our Now/,
    )
  })

  test('a data folder that cannot be written', async () => {
    const closed = join(folder, 'closed')
    await mkdir(closed)
    await chmod(closed, 0o500)
    // Root writes everywhere but there.
    const path = isRoot ? '/proc/our-now' : closed
    await expectSentence([...free, '--data', path], /^The data folder .* cannot be written: /)
  })

  test('a file where the data folder should be', async () => {
    const file = join(folder, 'file')
    await writeFile(file, '')
    await expectSentence([...free, '--data', file], /is not a folder: choose another with --data DIR\.$/)
    await expectSentence([...free, '--data', join(file, 'below')], /is not a folder/)
  })

  test.each([
    [['--colour'], /^--colour is not an option: npm start -- --help/],
    [['stray'], /^"stray" is not an option/],
    [['--port', 'many'], /^--port takes a number/],
    [['--data', ''], /^--data needs a value/],
    [['--public-url', 'example.org'], /^--public-url takes an address like/],
    [['--tls', 'only-one.pem'], /^--tls takes two files/],
    [['--tls', 'no.pem', 'no.pem'], /^--tls: no\.pem cannot be read \(ENOENT\)/],
  ])('%j', async (args, sentence) => {
    await expectSentence([...free, ...data('unused'), ...args], sentence)
  })

  test('TLS files that are no certificate and its key', async () => {
    const broken = join(folder, 'broken.pem')
    await writeFile(broken, '-----BEGIN CERTIFICATE-----\nnope\n-----END CERTIFICATE-----\n')
    await expectSentence(
      [...free, ...data('tls-broken'), '--tls', broken, broken],
      /are not a certificate and its key/,
    )
  })

  test('a setting out of its range', async () => {
    process.env.GATEWAY_MAX_LAG_MS = '3'
    onTestFinished(() => {
      delete process.env.GATEWAY_MAX_LAG_MS
    })
    await expectSentence([...free, ...data('setting')], /^Settings: GATEWAY_MAX_LAG_MS/)
  })
})

test('--help tells every option and starts nothing', async () => {
  const { code, out } = await runToEnd('--help')
  expect(out).toMatch(/--port P[\s\S]*--data DIR[\s\S]*--public-url URL[\s\S]*--tls[\s\S]*--demo/)
  expect(code).toBe(0)
})

test('a family: HTTPS with a certificate made here, and a cookie that leaves by HTTPS only', async () => {
  const port = await findFreePort()
  const url = `https://localhost:${port}`
  const product = await startProduct({ port, args: ['--public-url', url, '--tls', 'self-signed'] })
  onTestFinished(() => product.dispose())
  expect(product.url).toBe(url)
  const { status, cookie } = await signUpOverTls(url)
  expect(status).toBe(200)
  expect(cookie).toMatch(/^__Host-[\w-]+=/)
  for (const attribute of ['Secure', 'HttpOnly', 'SameSite=Strict', 'Path=/'])
    expect(cookie.split('; ')).toContain(attribute)
  expect(cookie).not.toMatch(/domain=/i)
  // Spoken to without TLS it says nothing that could be stolen.
  await expect(fetch(url.replace('https', 'http'))).rejects.toThrow('fetch failed')
})

/** With its own client: `fetch` has no way to take a certificate that nobody signed. */
function signUpOverTls(url: string): Promise<{ status: number; cookie: string }> {
  const signUp = { handle: 'ada', password: 'correct horse battery', displayName: 'Ada', deviceName: 'test' }
  return new Promise((resolve, reject) => {
    const sent = request(
      `${url}/api/auth/register`,
      {
        method: 'POST',
        rejectUnauthorized: false,
        headers: { origin: url, 'content-type': 'application/json' },
      },
      (response) => {
        response.resume()
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            cookie: response.headers['set-cookie']?.[0] ?? '',
          }),
        )
      },
    )
    sent.on('error', reject)
    sent.end(JSON.stringify(signUp))
  })
}

test('--demo says who may sign in, and they can', async () => {
  const product = await startProduct({ args: ['--demo'], readyWithinMs: 60_000 })
  onTestFinished(() => product.dispose())
  const [, handles = ''] = await waitUntil(() => /^demo: sign in as (.+)$/m.exec(product.output()))
  const [, password = ''] = /^demo: the password of each is (\S+)$/m.exec(product.output()) ?? []
  const [handle = ''] = handles.split(', ')
  const signIn = { handle, password, deviceName: 'test' }
  const { status } = await ask(product.url, 'POST', '/api/auth/sign-in', undefined, signIn)
  expect(status).toBe(200)
}, 60_000)
