import type { i18n } from 'i18next'
import { browserLanguage, type Language } from '../../shared/i18n/create-i18n.ts'
import {
  readStoredSettings,
  settingsChanged,
  settingsKey,
  type SettingsSlice,
} from '../../state/settings-slice.ts'
import type { AppStore } from '../../state/store.ts'

const themeColours = { light: '#f6f4f1', dark: '#151413' } as const

/** The language that the settings mean on this device. */
export function languageOf(settings: SettingsSlice, languages: readonly string[]): Language {
  return settings.language === 'system' ? browserLanguage(languages) : settings.language
}

/**
 * Keeps the page as the settings say: theme, language, text size, motion. Stores changes on this device and follows
 * those of other tabs and of the system. `public/boot-theme.js` has done the same once before the first paint.
 * Answers how to stop.
 */
export function applySettings(store: AppStore, words: i18n): () => void {
  const darkness = matchMedia('(prefers-color-scheme: dark)')
  let applied: SettingsSlice | undefined
  const apply = () => {
    const { settings } = store.getState()
    const isChanged = applied !== undefined && applied !== settings
    applied = settings
    showSettings(settings, darkness.matches)
    const language = languageOf(settings, navigator.languages)
    document.documentElement.lang = language
    if (words.language !== language) void words.changeLanguage(language)
    if (isChanged) keepSettings(settings)
  }
  const follow = (event: StorageEvent) => {
    if (event.key === settingsKey) store.dispatch(settingsChanged(readStoredSettings(localStorage)))
  }
  const unsubscribe = store.subscribe(() => {
    if (store.getState().settings !== applied) apply()
  })
  darkness.addEventListener('change', apply)
  addEventListener('storage', follow)
  apply()
  return () => {
    unsubscribe()
    darkness.removeEventListener('change', apply)
    removeEventListener('storage', follow)
  }
}

function showSettings(settings: SettingsSlice, prefersDark: boolean): void {
  const root = document.documentElement
  const theme = settings.theme === 'system' ? (prefersDark ? 'dark' : 'light') : settings.theme
  root.dataset['theme'] = theme
  root.style.setProperty('--font-scale', String(settings.fontScale))
  if (settings.reducedMotion) root.dataset['motion'] = 'reduced'
  else delete root.dataset['motion']
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', themeColours[theme])
}

function keepSettings(settings: SettingsSlice): void {
  try {
    localStorage.setItem(settingsKey, JSON.stringify(settings))
  } catch {
    // Storage is off or full: the settings hold until the page is closed.
  }
}
