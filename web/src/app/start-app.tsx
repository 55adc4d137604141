import { CSPProvider } from '@base-ui/react/csp-provider'
import { createBrowserClient } from '@our-now/client/create-browser-client.ts'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import { Provider } from 'react-redux'
import { BrowserRouter } from 'react-router'
import { createI18n } from '../shared/i18n/create-i18n.ts'
import { ToastProvider } from '../shared/ui/toast.tsx'
import { ClientContext } from '../state/hooks.ts'
import { PresenceWatchProvider } from '../state/presence-watch.tsx'
import { restoreSession } from '../state/session-thunks.ts'
import { readStoredSettings, settingsChanged } from '../state/settings-slice.ts'
import { createIndexedDbRoomCache } from '../state/cache/indexed-db-room-cache.ts'
import { createStore } from '../state/store.ts'
import { App } from './app.tsx'
import { deviceName } from './device-name.ts'
import { ErrorBoundary } from './error-boundary.tsx'
import { applySettings, languageOf } from './settings/apply-settings.ts'

/** Puts the app together and draws it. The one place where the browser side's parts meet. */
export function startApp(container: HTMLElement): void {
  const client = createBrowserClient({ deviceName: deviceName(navigator.userAgent) })
  const store = createStore({ client, cache: createIndexedDbRoomCache() })
  const settings = readStoredSettings(localStorage)
  store.dispatch(settingsChanged(settings))
  const words = createI18n(languageOf(settings, navigator.languages))
  applySettings(store, words)
  void store.dispatch(restoreSession())

  createRoot(container).render(
    <StrictMode>
      <CSPProvider disableStyleElements>
        <I18nextProvider i18n={words}>
          <ErrorBoundary>
            <Provider store={store}>
              <ClientContext value={client}>
                <BrowserRouter>
                  <ToastProvider>
                    <PresenceWatchProvider>
                      <App />
                    </PresenceWatchProvider>
                  </ToastProvider>
                </BrowserRouter>
              </ClientContext>
            </Provider>
          </ErrorBoundary>
        </I18nextProvider>
      </CSPProvider>
    </StrictMode>,
  )
}
