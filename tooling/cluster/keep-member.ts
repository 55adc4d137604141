import { spawnTied } from '@our-now/testkit/infra/spawn-tied.ts'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Member, MemberName } from './cluster.ts'

/** What a member runs: a program of ours, or a server that its starter starts. */
export interface Running {
  /** Undefined: no process of this machine. */
  readonly pid: number | undefined
  readonly ended: Promise<void>
  readonly output: () => string
  /** How it is stopped where a signal does not reach it. */
  readonly stop?: () => Promise<void>
}

export interface MemberPlan {
  readonly name: MemberName
  readonly kind: Member['kind']
  readonly address: Member['address']
  /** Starts the process; rejects when it cannot. */
  readonly launch: () => Promise<Running>
  /** Resolves to true when it answers. */
  readonly isReady: () => Promise<boolean>
}

export interface KeptMember extends Member {
  /** SIGTERM, after which nobody starts it again; resolves when it is gone. */
  stop(): Promise<void>
}

const readyWithinMs = 60_000
const firstRestartMs = 200
const maxRestartMs = 5_000
const stopWithinMs = 15_000

/** Keeps one member running. */
export function keepMember(
  plan: MemberPlan,
  { restarts, onChange }: { restarts: boolean; onChange?: ((member: Member) => void) | undefined },
): KeptMember {
  let running: Running | undefined
  let state: ReturnType<Member['state']> = 'down'
  let restartCount = 0
  let isStopping = false
  let starting: Promise<void> | undefined
  let lastOutput = ''
  let failures = 0

  const isUp = (): boolean => running !== undefined
  const mayGoOn = (): boolean => !isStopping
  const become = (next: typeof state): void => {
    if (state === next) return
    state = next
    onChange?.(member)
  }
  const launch = async (): Promise<void> => {
    become('starting')
    try {
      const process = await plan.launch()
      running = process
      if (isStopping) kill(process.pid, 'SIGTERM')
      void process.ended.then(() => ended(process))
      await becomeReady(process)
      failures = 0
      become('ready')
    } catch (error) {
      become('down')
      throw error
    }
  }
  const becomeReady = async (process: Running): Promise<void> => {
    const endsAt = performance.now() + readyWithinMs
    const isStillUp = (): boolean => running === process && !isStopping
    while (isStillUp()) {
      if (await plan.isReady()) return
      if (performance.now() > endsAt)
        throw new Error(`${plan.name} is not ready in time:\n${process.output()}`)
      await wait(50)
    }
    throw new Error(`${plan.name} ended before it was ready:\n${lastOutput.slice(-2_000)}`)
  }
  const ended = (process: Running): void => {
    if (running !== process) return
    running = undefined
    lastOutput = process.output()
    become(isStopping ? 'stopped' : 'down')
    if (restarts && !isStopping) void startAgain()
  }
  const startAgain = async (): Promise<void> => {
    while (mayGoOn() && !isUp()) {
      await wait(Math.min(maxRestartMs, firstRestartMs * 2 ** failures++))
      if (isStopping) return
      restartCount++
      await start().catch(() => undefined)
    }
  }
  const start = (): Promise<void> => {
    if (running !== undefined && state === 'ready') return Promise.resolve()
    starting ??= launch().finally(() => {
      starting = undefined
    })
    return starting
  }
  const member: KeptMember = {
    name: plan.name,
    kind: plan.kind,
    address: plan.address,
    pid: () => running?.pid,
    state: () => state,
    restarts: () => restartCount,
    signal: (signal) => {
      if (running !== undefined) kill(running.pid, signal)
    },
    start: async () => {
      if (!restarts && running === undefined && starting === undefined) restartCount++
      await start()
    },
    whenReady: async () => {
      while (member.state() !== 'ready') await wait(20)
    },
    output: () => running?.output() ?? lastOutput,
    stop: async () => {
      isStopping = true
      // What is just being started is stopped as soon as it can be.
      await starting?.catch(() => undefined)
      const process = running
      if (process === undefined) return become('stopped')
      if (process.pid === undefined) await process.stop?.()
      kill(process.pid, 'SIGCONT')
      kill(process.pid, 'SIGTERM')
      const late = setTimeout(() => kill(process.pid, 'SIGKILL'), stopWithinMs)
      await process.ended
      clearTimeout(late)
    },
  }
  return member
}

function kill(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(pid, signal)
  } catch {
    // It has just ended.
  }
}

const endWithRunner = fileURLToPath(new URL('end-with-runner.mjs', import.meta.url))

/** Starts a program of this repository, which ends when we do; what it prints is kept. */
export async function launchProgram(
  args: readonly string[],
  { cwd, env }: { cwd: string; env: Readonly<Record<string, string>> },
): Promise<Running> {
  const child = spawnTied(process.execPath, ['--import', endWithRunner, ...args], {
    cwd,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  child.channel?.unref()
  let output = ''
  const read = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-50_000)
  }
  child.stdout?.on('data', read)
  child.stderr?.on('data', read)
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject))
  return { pid: child.pid, ended, output: () => output }
}
