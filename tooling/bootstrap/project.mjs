// @ts-check
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Plain JavaScript, because this part runs on whatever Node (≥ 20) the machine has, before ours is there.
 * Everything it makes lives in `.cache/` of the project and may be deleted at any time.
 */

export const projectDir = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
export const cacheDir = join(projectDir, '.cache')

/** The Node that everything runs on where the machine's own is older than `minimumNodeMajor`. */
export const pinnedNodeVersion = '26.10.0'
export const minimumNodeMajor = 24

/** A failure that is told in one sentence, without a stack. */
export class BootstrapError extends Error {}

/** Runs `main` and turns a BootstrapError into its one sentence and exit code 1. */
export async function runBootstrap(/** @type {() => Promise<number>} */ main) {
  try {
    process.exitCode = await main()
  } catch (error) {
    console.error(error instanceof BootstrapError ? error.message : error)
    process.exitCode = 1
  }
}
