import { runStatements } from '@our-now/platform/database/mysql/run-statements.ts'
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { findProgram } from './find-program.ts'
import { findFreePort } from './free-port.ts'
import type { InfraServer, StartServerOptions } from './infra-server.ts'
import { spawnLogged, toInfraServer, waitUntilAnswering } from './server-process.ts'

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
  const settings = toSettings(filesDir, socket.path, port, options.bufferPoolMb ?? 256)
  const given = ['--no-defaults', ...settings, ...(options.settings ?? [])]
  const child = await spawnLogged(program, given, logFile)
  const server = toInfraServer(child, { url: `mysql://root@127.0.0.1:${port}`, port })
  void server.ended.then(socket.remove)
  const isAnswering = async (): Promise<boolean> =>
    (await runStatements(server.url, ['select 1'])).length === 1
  await waitUntilAnswering(server, { name: 'MariaDB', logFile, withinMs: options.readyWithinMs, isAnswering })
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
