import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const program = fileURLToPath(new URL('./test/a-process.ts', import.meta.url))

/** Runs it to its end; `signals` are sent when these lines appear. */
async function run(way: string, signals: Readonly<Record<string, NodeJS.Signals>> = {}) {
  const child = spawn(process.execPath, [program, way], { stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let err = ''
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString()
    for (const [line, signal] of Object.entries(signals))
      if (chunk.toString().includes(line)) child.kill(signal)
  })
  /** True because `close` tells code and signal. */
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, lines: out.trim().split('\n'), err }
}

const whole = ['open database', 'start chat', 'ready', 'stop chat', 'close database']

test.each(['SIGINT', 'SIGTERM'] as const)('%s stops in the reverse order, exit code 0', async (signal) => {
  const { code, lines } = await run('well', { ready: signal })
  expect(lines).toEqual(whole)
  expect(code).toBe(0)
})

test('an error nobody caught is fatal: everything stops, exit code 1', async () => {
  const { code, lines, err } = await run('rejection')
  expect(lines).toEqual(whole)
  expect(err).toContain('forgotten')
  expect(code).toBe(1)
})

test('wrong settings are one sentence without a stack, exit code 1', async () => {
  const { code, lines, err } = await run('config')
  expect(err).toBe('CHAT_PORT is missing.\n')
  expect(lines).toEqual(['open database', 'close database'])
  expect(code).toBe(1)
})

test('a bug at the start closes what was opened, exit code 1', async () => {
  const { code, lines, err } = await run('bug at start')
  expect(err).toContain('TypeError')
  expect(lines).toEqual(['open database', 'close database'])
  expect(code).toBe(1)
})

test('a second signal ends what is stuck', async () => {
  const { code, lines } = await run('stuck', { ready: 'SIGINT', 'close database': 'SIGINT' })
  expect(lines).toEqual(whole)
  expect(code).toBe(1)
})

test('what is not stopped in the time it gave itself is ended', async () => {
  const { code, err, lines } = await run('impatient', { ready: 'SIGTERM' })
  expect(lines).toEqual(whole)
  expect(`${err}${lines.join('')}`).not.toContain('something still runs')
  expect(code).toBe(1)
})

test('a leak does not keep the process', async () => {
  const { code, err } = await run('leak', { ready: 'SIGTERM' })
  expect(err).toContain('something still runs')
  expect(code).toBe(0)
})
