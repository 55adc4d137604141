// @ts-check
// Runs before the first paint, so that the chosen theme, text size and language never flash in late.
// The app keeps these up to date afterwards (src/app/apply-settings.ts); both read the same localStorage entry.
;(() => {
  const root = document.documentElement
  /** @type {{ theme?: unknown, fontScale?: unknown, language?: unknown, reducedMotion?: unknown }} */
  let settings = {}
  try {
    settings = JSON.parse(localStorage.getItem('our-now.settings') ?? '{}') ?? {}
  } catch {
    // Storage is off or holds something else: the defaults are fine.
  }
  const prefersDark = matchMedia('(prefers-color-scheme: dark)').matches
  const theme =
    settings.theme === 'dark' || settings.theme === 'light' ? settings.theme : prefersDark ? 'dark' : 'light'
  root.dataset.theme = theme
  if (settings.reducedMotion === true) root.dataset.motion = 'reduced'
  if (typeof settings.fontScale === 'number' && settings.fontScale >= 0.9 && settings.fontScale <= 1.4)
    root.style.setProperty('--font-scale', String(settings.fontScale))
  const language = settings.language === 'ko' || settings.language === 'en' ? settings.language : undefined
  root.lang = language ?? (navigator.language.toLowerCase().startsWith('ko') ? 'ko' : 'en')
  document
    .querySelector('meta[name="theme-color"]')
    ?.setAttribute('content', theme === 'dark' ? '#151413' : '#f6f4f1')
})()
