import { execFile } from 'node:child_process'
import { mkdtemp, open, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A file system of its own that can be filled. */
export interface TinyDisk {
  readonly path: string
  /** Leaves no space, until the function it gives is called. */
  fill(): Promise<() => Promise<void>>
  remove(): Promise<void>
}

/** Why this process cannot mount one, or undefined. */
export const findTinyDiskLack = (): string | undefined =>
  process.platform === 'linux' && process.getuid?.() === 0 ? undefined : 'only root may mount a disk'

export async function mountTinyDisk(sizeMb: number): Promise<TinyDisk> {
  const path = await mkdtemp(join(tmpdir(), 'our-now-disk-'))
  await run('mount', ['-t', 'tmpfs', '-o', `size=${sizeMb}m`, 'tmpfs', path])
  return {
    path,
    fill: async () => {
      const file = await open(join(path, 'filler'), 'w')
      const { bavail, bsize } = await statfs(path)
      const chunk = Buffer.alloc(bsize)
      try {
        for (let written = 0; written < bavail; written++) await file.write(chunk)
      } finally {
        await file.close()
      }
      return () => rm(join(path, 'filler'))
    },
    remove: async () => {
      await run('umount', [path])
      await rm(path, { recursive: true })
    },
  }
}
