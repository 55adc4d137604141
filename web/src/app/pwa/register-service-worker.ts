/** Trusted Types: the one script address that this page may load by name. Not in TypeScript's own types yet. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): {
    createScriptURL(url: string): string
  }
}

const workerUrl = '/service-worker.js'
const hourMs = 3_600_000

/**
 * Registers the worker that starts the app offline. `onUpdate` is called when a newer version waits; what it is given
 * changes over and reloads. Does nothing where service workers are not allowed (plain http beyond localhost).
 */
export async function registerServiceWorker(onUpdate: (reload: () => void) => void): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  const { serviceWorker } = navigator
  const registration = await serviceWorker.register(trustedUrl(workerUrl))
  const tell = (waiting: ServiceWorker) =>
    onUpdate(() => {
      serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker, not a window
      waiting.postMessage('skip-waiting')
    })
  // Without a controller this is the first visit: nothing older is running.
  if (registration.waiting && serviceWorker.controller) tell(registration.waiting)
  registration.addEventListener('updatefound', () => {
    const installing = registration.installing
    installing?.addEventListener('statechange', () => {
      if (installing.state === 'installed' && serviceWorker.controller) tell(installing)
    })
  })
  // On the first visit the fonts came before the worker: it keeps them now, for a start without a network.
  const { active } = await serviceWorker.ready
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker, not a window
  active?.postMessage(loadedAssets())
  // A phone keeps the page open for days.
  setInterval(() => void registration.update().catch(() => undefined), hourMs)
}

const loadedAssets = (): string[] =>
  performance
    .getEntriesByType('resource')
    .map((entry) => new URL(entry.name))
    .filter((url) => url.origin === location.origin && url.pathname.startsWith('/assets/'))
    .map((url) => url.pathname)

/** Where Trusted Types are enforced, `register` takes only what the page's policy made. */
function trustedUrl(url: string): string {
  if (!('trustedTypes' in globalThis)) return url
  const { trustedTypes } = toTrustedScope(globalThis)
  return trustedTypes
    .createPolicy('on-app', {
      createScriptURL: (candidate) => {
        if (candidate !== workerUrl) throw new TypeError('Only the service worker is loaded by address')
        return candidate
      },
    })
    .createScriptURL(url)
}

/** Its caller has seen that `trustedTypes` is there; its shape is the standard's. */
function toTrustedScope(scope: unknown): { readonly trustedTypes: TrustedTypes } {
  return scope as { readonly trustedTypes: TrustedTypes }
}
