import { mkdir, open } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { waitUntil } from '../wait-until.ts'
import { findProgram } from './find-program.ts'
import { findFreePort } from './free-port.ts'
import { spawnTied } from './spawn-tied.ts'

export interface TurnServer {
  /** For MEDIA_TURN_URLS: by UDP and by TCP. */
  readonly urls: string
  readonly secret: string
  stop(): Promise<void>
}

/** Whether this machine can run one. */
export const hasCoturn = (): boolean => findProgram('turnserver') !== undefined

/**
 * A real coturn on 127.0.0.1 with credentials by secret, as in production. What it says is in `coturn.log` of its data
 * folder.
 *
 * @throws {Error} when the program is missing or it does not listen in time
 */
export async function startCoturn(dataDir: string): Promise<TurnServer> {
  const program = findProgram('turnserver')
  if (program === undefined) throw new Error('turnserver is not on this machine')
  const port = await findFreePort()
  const secret = 'a-secret-of-tests-alone'
  await mkdir(dataDir, { recursive: true })
  const log = await open(join(dataDir, 'coturn.log'), 'a')
  const settings = [
    '-n',
    '--listening-ip=127.0.0.1',
    '--relay-ip=127.0.0.1',
    `--listening-port=${port}`,
    '--use-auth-secret',
    `--static-auth-secret=${secret}`,
    '--realm=our-now',
    '--no-cli',
    '--no-tls',
    '--no-dtls',
    // The media workers of tests are on the loopback.
    '--allow-loopback-peers',
    '--log-file=stdout',
    `--userdb=${join(dataDir, 'turndb')}`,
    `--pidfile=${join(dataDir, 'coturn.pid')}`,
  ]
  const child = spawnTied(program, settings, { stdio: ['ignore', log.fd, log.fd] })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await log.close()
  await waitUntil(async () => child.exitCode !== null || (await listens(port)), { timeoutMs: 15_000 })
  if (child.exitCode !== null) throw new Error(`coturn did not start on port ${port}`)
  return {
    urls: `turn:127.0.0.1:${port}?transport=udp,turn:127.0.0.1:${port}?transport=tcp`,
    secret,
    stop: () => {
      child.kill('SIGKILL')
      return ended
    },
  }
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
