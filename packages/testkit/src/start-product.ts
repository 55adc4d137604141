import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const projectDir = fileURLToPath(new URL('../../../', import.meta.url))

export interface Product {
  /** Where it answers, without a slash at the end. */
  readonly url: string
  readonly pid: number
  readonly dataDir: string
  /** Everything it printed so far, both streams. */
  output(): string
  /** Ends it as Ctrl-C does and resolves with its exit code. The data folder stays. */
  stop(): Promise<number | null>
  /** `kill -9`. The data folder stays. */
  kill(): Promise<void>
  /** Stops it and removes the data folder if `startProduct` made it. */
  dispose(): Promise<void>
}

export interface StartProductOptions {
  /** Undefined: a temporary folder, removed by `dispose`. */
  readonly dataDir?: string
  /** Undefined: a free one. */
  readonly port?: number
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** How long the ready line may take, in ms. */
  readonly readyWithinMs?: number
}

/** Starts the real product as `npm start` does after its preparations, and waits for its ready line. */
export async function startProduct(options: StartProductOptions = {}): Promise<Product> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'our-now-')))
  const args = [
    'services/all-in-one/src/main.ts',
    '--data',
    dataDir,
    '--port',
    String(options.port ?? 0),
    ...(options.args ?? []),
  ]
  const child = spawn(process.execPath, args, {
    cwd: projectDir,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const ended = once(child, 'close') as Promise<[number | null]>
  let output = ''
  const url = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`not ready in time:\n${output}`)),
      options.readyWithinMs ?? 20_000,
    )
    const read = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-200_000)
      const ready = /^ready (\S+)$/m.exec(output)
      if (ready?.[1] === undefined) return
      clearTimeout(timer)
      resolve(ready[1])
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    void ended.then(([code]) => {
      clearTimeout(timer)
      return reject(new Error(`ended with code ${code} before it was ready:\n${output}`))
    })
  }).catch((error: unknown) => {
    child.kill('SIGKILL')
    throw error
  })

  const stop = async (): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGINT')
    const [code] = await ended
    return code
  }
  return {
    url,
    pid: child.pid ?? 0,
    dataDir,
    output: () => output,
    stop,
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
    dispose: async () => {
      await stop()
      if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}
