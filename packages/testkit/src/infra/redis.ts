import { mkdir, open } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { waitUntil } from '../wait-until.ts'
import { findProgram } from './find-program.ts'
import { findFreePort } from './free-port.ts'
import type { InfraServer, StartServerOptions } from './infra-server.ts'
import { spawnTied } from './spawn-tied.ts'

const stopWithinMs = 10_000

/**
 * A real Redis or Valkey of this machine on 127.0.0.1, which keeps nothing on disk: what it holds ends by itself. What
 * it says is in `redis.log` of its data folder.
 *
 * @throws {Error} when the program is missing or it does not answer in time
 */
export async function startRedis(options: StartServerOptions): Promise<InfraServer> {
  const program = findProgram('redis-server', 'valkey-server')
  if (program === undefined) throw new Error('neither redis-server nor valkey-server is on this machine')
  const port = options.port ?? (await findFreePort())
  await mkdir(options.dataDir, { recursive: true })
  const log = await open(join(options.dataDir, 'redis.log'), 'a')
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--dir', options.dataDir]
  const child = spawnTied(program, [...settings, '--save', '', '--appendonly', 'no', '--daemonize', 'no'], {
    stdio: ['ignore', log.fd, log.fd],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  try {
    await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject))
  } finally {
    await log.close()
  }
  const endBy = (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal)
    return ended
  }
  const isThere = async (): Promise<boolean> => child.exitCode !== null || (await answers(port))
  await waitUntil(isThere, { timeoutMs: options.readyWithinMs ?? 30_000, everyMs: 20 }).catch(() =>
    endBy('SIGKILL'),
  )
  if (child.exitCode !== null || child.signalCode !== null)
    throw new Error(`Redis did not start on port ${port}`)
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    pid: child.pid,
    ended,
    stop: async () => {
      const late = setTimeout(() => child.kill('SIGKILL'), stopWithinMs)
      await endBy('SIGTERM').finally(() => clearTimeout(late))
    },
    kill: () => endBy('SIGKILL'),
  }
}

/** Whether a PING is answered. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'))
    const give = (answer: boolean): void => {
      socket.destroy()
      resolve(answer)
    }
    socket.once('data', (data) => give(data.includes('PONG')))
    socket.once('error', () => give(false))
    socket.setTimeout(500, () => give(false))
  })
}
