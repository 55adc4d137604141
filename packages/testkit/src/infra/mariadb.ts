import { runStatements } from '@our-now/platform/database/mysql/run-statements.ts'
import { execFile, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, open, readFile, rm } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { waitUntil } from '../wait-until.ts'
import { findProgram } from './find-program.ts'
import { findFreePort } from './free-port.ts'
import type { InfraServer, StartServerOptions } from './infra-server.ts'
import { spawnTied } from './spawn-tied.ts'

const stopWithinMs = 10_000
/** The path of a unix socket has room for 108 bytes. */
const maxSocketPath = 100

export interface StartMariadbOptions extends StartServerOptions {
  /** Memory for pages, in MiB; 256. */
  readonly bufferPoolMb?: number
  /** More settings of the server: `--read-only`, `--innodb-lock-wait-timeout=5`. */
  readonly settings?: readonly string[]
}

/**
 * A real MariaDB (or MySQL) server of this machine on 127.0.0.1, durable as in production, for user root without a
 * password: a throw-away. What it says is in `mariadb.log` of its data folder. Made databases:
 * `createMysqlDatabase`.
 *
 * @throws {Error} when the programs are missing or it does not answer in time, with the end of its log
 */
export async function startMariadb(options: StartMariadbOptions): Promise<InfraServer> {
  const program = findProgram('mariadbd', 'mysqld')
  if (program === undefined) throw new Error('neither mariadbd nor mysqld is on this machine')
  const port = options.port ?? (await findFreePort())
  const filesDir = join(options.dataDir, 'files')
  await mkdir(options.dataDir, { recursive: true })
  if (!existsSync(join(filesDir, 'mysql'))) await initialise(program, filesDir)
  const socket = await findSocketPath(options.dataDir)
  const logFile = join(options.dataDir, 'mariadb.log')
  const child = await spawnServer(program, logFile, [
    ...toSettings(filesDir, socket.path, port, options.bufferPoolMb ?? 256),
    ...(options.settings ?? []),
  ])
  const server = toServer(child, port)
  void server.ended.then(socket.remove)
  let hasEnded = false
  void server.ended.then(() => (hasEnded = true))
  const answers = async (): Promise<boolean> =>
    hasEnded || (await runStatements(server.url, ['select 1'])).length === 1
  await waitUntil(answers, { timeoutMs: options.readyWithinMs ?? 30_000, everyMs: 25 }).catch(() =>
    server.kill(),
  )
  if (hasEnded) throw new Error(`MariaDB did not start: ${await lastLines(logFile)}`)
  return server
}

const toSettings = (filesDir: string, socketPath: string, port: number, bufferPoolMb: number): string[] => [
  `--datadir=${filesDir}`,
  `--socket=${socketPath}`,
  `--pid-file=${join(filesDir, 'server.pid')}`,
  `--port=${port}`,
  '--bind-address=127.0.0.1',
  ...asUser(),
  '--character-set-server=utf8mb4',
  `--innodb-buffer-pool-size=${bufferPoolMb}M`,
  '--innodb-flush-log-at-trx-commit=1',
  '--sync-binlog=1',
  '--innodb-buffer-pool-load-at-startup=0',
  '--innodb-buffer-pool-dump-at-shutdown=0',
  '--innodb-fast-shutdown=1',
  '--max-connections=400',
]

/** A server that runs as root must be told to. */
const asUser = (): string[] => (userInfo().uid === 0 ? ['--user=root'] : [])

/** The folder of a new server: its system tables, and root without a password over TCP. */
async function initialise(program: string, filesDir: string): Promise<void> {
  const run = promisify(execFile)
  const installer = findProgram('mariadb-install-db', 'mysql_install_db')
  if (installer === undefined) {
    await run(program, ['--no-defaults', '--initialize-insecure', `--datadir=${filesDir}`, ...asUser()])
    return
  }
  await run(installer, [
    '--no-defaults',
    `--datadir=${filesDir}`,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
    '--skip-name-resolve',
    ...asUser(),
  ])
}

async function findSocketPath(dataDir: string): Promise<{ path: string; remove: () => Promise<void> }> {
  const inside = join(dataDir, 'server.sock')
  if (Buffer.byteLength(inside) <= maxSocketPath) return { path: inside, remove: async () => undefined }
  const folder = await mkdtemp(join(tmpdir(), 'our-now-socket-'))
  return { path: join(folder, 's'), remove: () => rm(folder, { recursive: true, force: true }) }
}

/** Its output goes to the file and not to us, so that it neither waits for a paused parent nor ends with it. */
async function spawnServer(
  program: string,
  logFile: string,
  settings: readonly string[],
): Promise<ChildProcess> {
  const log = await open(logFile, 'a')
  try {
    const child = spawnTied(program, ['--no-defaults', ...settings], {
      stdio: ['ignore', log.fd, log.fd],
    })
    await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject))
    return child
  } finally {
    await log.close()
  }
}

function toServer(child: ChildProcess, port: number): InfraServer {
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const endBy = (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal)
    return ended
  }
  return {
    url: `mysql://root@127.0.0.1:${port}`,
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

const lastLines = async (file: string): Promise<string> =>
  (await readFile(file, 'utf8')).trim().split('\n').slice(-8).join('\n')
