import type { ChildProcess } from 'node:child_process'
import { open, readFile } from 'node:fs/promises'
import { waitUntil } from '../wait-until.ts'
import type { InfraServer } from './infra-server.ts'
import { spawnTied } from './spawn-tied.ts'

const stopWithinMs = 10_000

/** Its output goes to the file and not to us, so that it neither waits for a paused parent nor ends with it. */
export async function spawnLogged(
  program: string,
  args: readonly string[],
  logFile: string,
): Promise<ChildProcess> {
  const log = await open(logFile, 'a')
  const child = spawnTied(program, args, { stdio: ['ignore', log.fd, log.fd] })
  try {
    await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject))
  } finally {
    await log.close()
  }
  return child
}

/** Resolves with the exit code, null where a signal ended it. */
export const endOf = (child: ChildProcess): Promise<number | null> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve(child.exitCode)
    : new Promise((resolve) => child.once('exit', resolve))

export function toInfraServer(
  child: ChildProcess,
  { url, port }: { readonly url: string; readonly port: number },
): InfraServer {
  const ended = endOf(child).then(() => undefined)
  const endBy = (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal)
    return ended
  }
  return {
    url,
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

export interface AnsweringOptions {
  /** How it is called in messages. */
  readonly name: string
  readonly logFile: string
  /** In ms; 30 000. */
  readonly withinMs: number | undefined
  readonly isAnswering: () => Promise<boolean>
}

/**
 * Resolves once the server answers; one that does not in time is killed.
 *
 * @throws {Error} when it ended, with the end of its log
 */
export async function waitUntilAnswering(
  server: InfraServer,
  { name, logFile, withinMs = 30_000, isAnswering }: AnsweringOptions,
): Promise<void> {
  let hasEnded = false
  void server.ended.then(() => (hasEnded = true))
  const isSettled = async (): Promise<boolean> => hasEnded || (await isAnswering())
  await waitUntil(isSettled, { timeoutMs: withinMs, everyMs: 20 }).catch(() => server.kill())
  if (hasEnded) throw new Error(`${name} did not start: ${await lastLines(logFile)}`)
}

export const lastLines = async (file: string): Promise<string> =>
  (await readFile(file, 'utf8')).trim().split('\n').slice(-8).join('\n')
