/**
 * Starts the app without a network: the shell's files come from the cache, everything of the API goes to the server
 * and is never kept here. A new version waits until the person says "reload" (message `skip-waiting`).
 */
declare const __SHELL_MANIFEST__: { readonly version: string; readonly shell: readonly string[] }

const worker = toWorkerScope(globalThis)
const { version, shell } = __SHELL_MANIFEST__
const shellCache = `shell-${version}`
/** Hashed files that are not in the shell (fonts): kept when first used. */
const assetCache = 'assets'
const shellPaths = new Set(shell)
const serverPaths = /^\/(?:api|socket\.io|docs|livez|readyz|metrics)(?:\/|$)/

worker.addEventListener('install', (event) => event.waitUntil(keepShell()))
worker.addEventListener('activate', (event) => event.waitUntil(dropOldShells()))
worker.addEventListener('message', (event) => {
  if (event.data === 'skip-waiting') void worker.skipWaiting()
  else event.waitUntil(keepAssets(toPaths(event.data)))
})
worker.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url)
  const isOurs = url.origin === worker.location.origin && !serverPaths.test(url.pathname)
  if (event.request.method !== 'GET' || !isOurs) return
  if (event.request.mode === 'navigate') event.respondWith(fromShell('/', event.request))
  else if (shellPaths.has(url.pathname)) event.respondWith(fromShell(url.pathname, event.request))
  else if (url.pathname.startsWith('/assets/')) event.respondWith(fromAssets(event.request))
})

/** `reload` skips the HTTP cache: a shell of two versions would be worse than none. */
async function keepShell(): Promise<void> {
  const cache = await caches.open(shellCache)
  await cache.addAll(shell.map((path) => new Request(path, { cache: 'reload' })))
}

async function dropOldShells(): Promise<void> {
  for (const name of await caches.keys())
    if (name.startsWith('shell-') && name !== shellCache) await caches.delete(name)
  await worker.clients.claim()
}

async function fromShell(path: string, request: Request): Promise<Response> {
  const cached = await caches.match(path, { cacheName: shellCache })
  return cached ?? fetch(request)
}

async function fromAssets(request: Request): Promise<Response> {
  const cache = await caches.open(assetCache)
  const cached = await cache.match(request)
  if (cached) return cached
  const response = await fetch(request)
  if (response.ok) await cache.put(request, response.clone())
  return response
}

/** What the page had loaded before this worker was there, such as fonts: the next start may be without a network. */
async function keepAssets(paths: readonly string[]): Promise<void> {
  const cache = await caches.open(assetCache)
  const wanted = paths.filter((path) => path.startsWith('/assets/') && !shellPaths.has(path))
  await Promise.all(
    wanted.map(async (path) => {
      if (!(await cache.match(path))) await cache.add(path)
    }),
  )
}

const toPaths = (message: unknown): string[] =>
  Array.isArray(message) ? message.filter((path) => typeof path === 'string') : []

/** TypeScript types `globalThis` as a plain worker's; in this file it is a service worker's. */
function toWorkerScope(scope: unknown): ServiceWorkerGlobalScope {
  return scope as ServiceWorkerGlobalScope
}
