import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { findProgram } from './find-program.ts'

/**
 * Starts a program that ends when we do, by whatever cause: where the system can (Linux with setpriv), the kernel kills
 * it then. It has a process group of its own, so that Ctrl-C is heard by us alone, and we stop it in order.
 */
export function spawnTied(
  program: string,
  args: readonly string[],
  options: SpawnOptions = {},
): ChildProcess {
  const setpriv = process.platform === 'linux' ? findProgram('setpriv') : undefined
  const ours = { ...options, detached: true }
  // setpriv becomes the program: one process, one pid.
  return setpriv === undefined
    ? spawn(program, args, ours)
    : spawn(setpriv, ['--pdeathsig', 'KILL', '--', program, ...args], ours)
}
