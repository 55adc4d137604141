import { waitUntil } from '@our-now/testkit/wait-until.ts'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const projectDir = fileURLToPath(new URL('../../../../', import.meta.url))

/** A service as a process of its own. */
export interface ServiceProcess {
  /** Where it answers, without a slash at the end. */
  readonly url: string
  output(): string
  /** As an orchestrator ends it: SIGTERM. Resolves with the exit code. */
  terminate(): Promise<number | null>
  /** `kill -9`. */
  kill(): Promise<void>
}

/** Starts `services/<name>/src/main.ts` with these settings and waits until it says where it listens. */
export async function startServiceProcess(
  name: string,
  env: Readonly<Record<string, string>>,
): Promise<ServiceProcess> {
  const child = spawn(process.execPath, [`services/${name}/src/main.ts`], {
    cwd: projectDir,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'close') as Promise<[number | null]>
  let output = ''
  const read = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-200_000)
  }
  child.stdout.on('data', read)
  child.stderr.on('data', read)
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal)
    const [code] = await ended
    return code
  }
  try {
    const url = await waitUntil(
      () => {
        if (child.exitCode !== null) throw new Error(`${name} ended with code ${child.exitCode}:\n${output}`)
        return /"url":"([^"]+)"/.exec(output)?.[1]
      },
      { timeoutMs: 20_000 },
    )
    return {
      url,
      output: () => output,
      terminate: () => end('SIGTERM'),
      kill: async () => void (await end('SIGKILL')),
    }
  } catch (error) {
    await end('SIGKILL')
    throw new Error(`${name} did not start:\n${output}`, { cause: error })
  }
}
