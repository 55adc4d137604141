import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseKeyLines } from '@our-now/platform/crypto/key-lines.ts'
import { settingsOf } from '../settings-docs/settings-table.ts'
import { services } from './services.ts'

/** What can be held without Docker: names that must be the same in several files. */
const root = fileURLToPath(new URL('../../', import.meta.url))
const read = (path: string) => readFile(join(root, path), 'utf8')
const run = promisify(execFile)
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'our-now-compose-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('compose and image use only settings that exist', async () => {
  const known = new Set(Object.values(settingsOf).flatMap((schema) => Object.keys(schema.properties)))
  const ours =
    /^\s+((?:AUTH|CHAT|PRESENCE|MEDIA|VISION|GATEWAY|EVENT_LOG|LEASE_STORE|SOCKET_HUB|SERVICE)_[A-Z_]+)[:=]/gm
  const used = [
    ...(await read('docker-compose.yml')).matchAll(ours),
    ...(await read('Dockerfile')).matchAll(ours),
  ]
    .map(([, name = '']) => name)
    .filter((name) => !name.endsWith('_PASSWORD'))
  expect(used.length).toBeGreaterThan(15)
  expect(used.filter((name) => !known.has(name))).toEqual([])
})

test('every container runs something that the image has', async () => {
  const commands = [...(await read('docker-compose.yml')).matchAll(/^ {2,4}command: \[([a-z-]+)\]$/gm)]
  const known = [...Object.keys(services), 'make-keys', 'make-vision-key']
  expect(new Set(commands.map(([, name]) => name))).toEqual(new Set(known))
  for (const { program } of Object.values(services))
    await expect(stat(new URL(program, import.meta.url))).resolves.toBeDefined()
})

test('compose:env makes every secret that compose asks for, for its owner alone, and never overwrites', async () => {
  const file = join(folder, '.env')
  await run(process.execPath, [join(root, 'tooling/image/write-compose-env.ts'), file])
  const env = await readFile(file, 'utf8')
  const asked = [...(await read('docker-compose.yml')).matchAll(/\$\{([A-Z_]+):\?/g)].map(
    ([, name = '']) => name,
  )
  expect(new Set(asked).size).toBe(9)
  for (const name of asked) expect(env).toMatch(new RegExp(`^${name}=[\\w-]{43}$`, 'm'))
  expect(((await stat(file)).mode & 0o777).toString(8)).toBe('600')
  await expect(
    run(process.execPath, [join(root, 'tooling/image/write-compose-env.ts'), file]),
  ).rejects.toThrow('left as it is')
  expect(await readFile(file, 'utf8')).toBe(env)
})

test('the keys of auth are made once', async () => {
  const make = () =>
    run(process.execPath, [join(root, 'tooling/image/start-service.ts'), 'make-keys', folder])
  await make()
  const key = await readFile(join(folder, 'signing-key.pem'), 'utf8')
  await make()
  expect(await readFile(join(folder, 'signing-key.pem'), 'utf8')).toBe(key)
})

test('the key of vision is made once, for its owner alone', async () => {
  const make = () =>
    run(process.execPath, [join(root, 'tooling/image/start-service.ts'), 'make-vision-key', folder])
  await make()
  const file = join(folder, 'vision-key')
  const key = await readFile(file, 'utf8')
  await make()
  expect(await readFile(file, 'utf8')).toBe(key)
  expect(parseKeyLines(key)).toHaveLength(1)
  expect(((await stat(file)).mode & 0o777).toString(8)).toBe('600')
})

test('an unknown service is told with those that there are', async () => {
  await expect(
    run(process.execPath, [join(root, 'tooling/image/start-service.ts'), 'chats']),
  ).rejects.toThrow('auth, chat, presence, media, vision, gateway, balancer, make-keys, make-vision-key')
})
