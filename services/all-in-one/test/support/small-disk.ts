import { execFileSync } from 'node:child_process'
import { openSync, closeSync, writeSync, rmSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface SmallDisk {
  readonly path: string
  /** Writes a file until nothing more fits. */
  fill(): void
  /** Removes that file. */
  free(): void
  /** Unmounts it. */
  remove(): Promise<void>
}

/** Why no small disk can be made here, or undefined. */
export const smallDiskProblem: string | undefined =
  process.platform === 'linux' && process.getuid?.() === 0 && mayMount()
    ? undefined
    : 'mounting a small tmpfs needs root on Linux'

function mayMount(): boolean {
  try {
    execFileSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'none', tmpdir()], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** A file system of its own in memory, so that "disk full" is real and hurts nobody else. */
export async function makeSmallDisk(sizeMiB: number): Promise<SmallDisk> {
  const path = await mkdtemp(join(tmpdir(), 'small-disk-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeMiB}m`, 'tmpfs', path])
  const filler = join(path, 'filler')
  return {
    path,
    fill: () => {
      const file = openSync(filler, 'a')
      const block = Buffer.alloc(64 * 1024)
      try {
        for (;;) if (writeSync(file, block) < block.length) break
      } catch {
        // ENOSPC: full, as wanted.
      }
      closeSync(file)
    },
    free: () => rmSync(filler, { force: true }),
    remove: async () => {
      execFileSync('umount', [path])
      await rm(path, { recursive: true, force: true })
    },
  }
}
