import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { waitUntil } from '@our-now/testkit/wait-until.ts'
import { expect, test } from 'vitest'

const preload = fileURLToPath(new URL('clock-shift.mjs', import.meta.url))
const program = `setInterval(() => console.log(Date.now(), new Date().getTime(), new Date(5).getTime(), new Date() instanceof Date), 20)`

test('a process’s clock jumps and comes back as its file says; given dates stay', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'our-now-clock-'))
  const file = join(dir, 'clock')
  const child = spawn(process.execPath, ['-e', program], {
    env: { ...process.env, NODE_OPTIONS: `--import=${preload}`, FAULTS_CLOCK_FILE: file },
  })
  let last = ''
  child.stdout.on('data', (chunk: Buffer) => (last = chunk.toString().trim().split('\n').at(-1) ?? ''))
  const offMs = () => Number(last.split(' ')[0]) - Date.now()
  try {
    await waitUntil(() => last !== '' && Math.abs(offMs()) < 1_000)
    await writeFile(file, '3600000')
    await waitUntil(() => Math.abs(offMs() - 3_600_000) < 1_000)
    const [now, made, given, isDate] = last.split(' ')
    expect(Math.abs(Number(now) - Number(made))).toBeLessThan(10)
    expect([given, isDate]).toEqual(['5', 'true'])
    await writeFile(file, '0')
    await waitUntil(() => Math.abs(offMs()) < 1_000)
  } finally {
    child.kill('SIGKILL')
    await rm(dir, { recursive: true, force: true })
  }
})
