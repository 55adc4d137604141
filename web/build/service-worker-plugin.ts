import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Plugin } from 'vite'

/** What the worker is told at build time; see `service-worker/service-worker.ts`. */
interface ShellManifest {
  /** Changes when any file of the shell does. */
  readonly version: string
  /** Fetched at install: with these the app starts offline. */
  readonly shell: readonly string[]
}

const placeholder = '__SHELL_MANIFEST__'
const entry = 'service-worker/service-worker.ts'

/**
 * Builds our own service worker beside the app and gives it the list of the shell's files. Fonts are left out of the
 * list: a hundred subsets of which a person needs a dozen; the worker keeps each when it is first used.
 */
export function serviceWorker(): Plugin {
  let root = ''
  let publicDir = ''
  return {
    name: 'our-now:service-worker',
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      root = config.root
      publicDir = config.publicDir
    },
    buildStart() {
      this.emitFile({ type: 'chunk', id: join(root, entry), fileName: 'service-worker.js' })
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const hash = createHash('sha256')
        const shell: string[] = []
        for (const file of Object.values(bundle).sort((a, b) => (a.fileName < b.fileName ? -1 : 1))) {
          if (file.fileName === 'service-worker.js' || !/\.(?:js|css|html)$/.test(file.fileName)) continue
          shell.push(file.fileName === 'index.html' ? '/' : `/${file.fileName}`)
          hash.update(file.fileName).update(file.type === 'chunk' ? file.code : file.source)
        }
        // Drawn icons are fetched by the system when the app is installed, never by the page.
        for (const path of filesIn(publicDir).filter((path) => !path.endsWith('.png'))) {
          shell.push(`/${relative(publicDir, path)}`)
          hash.update(path.slice(publicDir.length)).update(readFileSync(path))
        }
        const worker = bundle['service-worker.js']
        if (worker?.type !== 'chunk') throw new Error('The service worker was not built')
        if (worker.imports.length > 0) throw new Error('The service worker must be one file without imports')
        const manifest: ShellManifest = { version: hash.digest('hex').slice(0, 16), shell }
        worker.code = worker.code.replace(placeholder, () => JSON.stringify(manifest))
      },
    },
  }
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}
