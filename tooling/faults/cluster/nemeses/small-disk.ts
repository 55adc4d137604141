import { execFile } from 'node:child_process'
import { mkdir, statfs } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { SmallDisk } from './world.ts'

const run = promisify(execFile)

export interface MountedDisk extends SmallDisk {
  readonly unmount: () => Promise<void>
}

const size = '8g'

/**
 * Puts the folder on a file system in memory whose end can be moved. Needs root on Linux.
 *
 * @returns undefined where that is not possible: then no disk is filled
 */
export async function mountSmallDisk(dir: string): Promise<MountedDisk | undefined> {
  await mkdir(dir, { recursive: true })
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=0777`, 'tmpfs', dir])
  } catch {
    return undefined
  }
  const resize = (to: string) => run('mount', ['-o', `remount,size=${to}`, dir])
  return {
    fill: async () => {
      const { blocks, bfree, bsize } = await statfs(dir)
      await resize(`${((blocks - bfree) * bsize) / 1024}k`)
    },
    empty: async () => void (await resize(size)),
    unmount: async () => void (await run('umount', ['-l', dir])),
  }
}
