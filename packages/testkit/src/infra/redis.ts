import { mkdir } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { findProgram } from './find-program.ts'
import { findFreePort } from './free-port.ts'
import type { InfraServer, StartServerOptions } from './infra-server.ts'
import { spawnLogged, toInfraServer, waitUntilAnswering } from './server-process.ts'

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
  const logFile = join(options.dataDir, 'redis.log')
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--dir', options.dataDir]
  const inMemory = ['--save', '', '--appendonly', 'no', '--daemonize', 'no']
  const child = await spawnLogged(program, [...settings, ...inMemory], logFile)
  const server = toInfraServer(child, { url: `redis://127.0.0.1:${port}`, port })
  const isAnswering = () => answers(port)
  await waitUntilAnswering(server, { name: 'Redis', logFile, withinMs: options.readyWithinMs, isAnswering })
  return server
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
