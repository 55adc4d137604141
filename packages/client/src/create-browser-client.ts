import type { Client } from './client.ts'
import { createClient, type PageSigns } from './create-client.ts'
import { createIndexedDbStorage } from './storage/indexed-db-storage.ts'
import { createBrowserTabs } from './tabs/tabs.ts'

/** The client of a page: its own origin, IndexedDB, and the other tabs of the browser. Once per page. */
export function createBrowserClient({ deviceName }: { readonly deviceName: string }): Client {
  return createClient({
    baseUrl: '',
    deviceName,
    storage: createIndexedDbStorage(),
    tabs: createBrowserTabs(),
    watchPage,
  })
}

function watchPage({ retryNow, setVisible }: PageSigns): () => void {
  const onVisible = () => {
    const isVisible = document.visibilityState === 'visible'
    setVisible(isVisible)
    if (isVisible) retryNow()
  }
  window.addEventListener('online', retryNow)
  document.addEventListener('visibilitychange', onVisible)
  onVisible()
  return () => {
    window.removeEventListener('online', retryNow)
    document.removeEventListener('visibilitychange', onVisible)
  }
}
