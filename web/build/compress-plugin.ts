import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const toGzip = promisify(gzip)
const toBrotli = promisify(brotliCompress)

/** Smaller files gain less than a packet. */
const leastBytes = 1_024

/** Writes a .br and a .gz beside every text file of the build, so that the gateway compresses nothing itself. */
export function compressed(): Plugin {
  let outDir = ''
  return {
    name: 'our-now:compressed',
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir)
    },
    async closeBundle() {
      const entries = await readdir(outDir, { recursive: true, withFileTypes: true })
      const texts = entries.filter(
        (entry) => entry.isFile() && /\.(?:js|css|svg|html|json|webmanifest)$/.test(entry.name),
      )
      await Promise.all(texts.map((entry) => compress(join(entry.parentPath, entry.name))))
    },
  }
}

async function compress(path: string): Promise<void> {
  const content = await readFile(path)
  if (content.length < leastBytes) return
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }
  await writeFile(`${path}.gz`, await toGzip(content, { level: 9 }))
  await writeFile(`${path}.br`, await toBrotli(content, quality))
}
