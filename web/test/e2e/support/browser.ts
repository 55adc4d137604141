import { chromium, type Browser, type BrowserContext, type ConsoleMessage, type Page } from 'playwright-core'

/** Switches for a headless Chromium that stays on this machine. */
const switches = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Calls: a test picture and a beep for camera and microphone, and paths over the loopback.
  // Few frames: what is tested is that they come, and four people encode on two cores.
  '--use-fake-device-for-media-stream=fps=6',
  '--use-fake-ui-for-media-stream',
  '--allow-loopback-in-peer-connection',
]

export const phone = { viewport: { width: 390, height: 844 } } as const
export const desktop = { viewport: { width: 1440, height: 900 } } as const

/** What every wait of a test may take, in ms: far more than it takes, far less than a test may. */
export const patienceMs = 12_000

/** Where the browser is; `npm test` finds or installs one and says so in CHROMIUM_PATH. */
export const browserPath = process.env.CHROMIUM_PATH

/** Launches Chromium. The caller closes it. */
export async function openBrowser(more: readonly string[] = []): Promise<Browser> {
  if (browserPath === undefined)
    throw new Error('CHROMIUM_PATH is not set: run npm test, which finds a Chromium.')
  return chromium.launch({ executablePath: browserPath, args: [...switches, ...more], headless: true })
}

export interface PersonOptions {
  /** Narrower than 900 px: a phone, with touch. */
  readonly viewport: { readonly width: number; readonly height: number }
  readonly colorScheme?: 'light' | 'dark'
}

/** One person's own browser: a fresh profile and one page. */
export interface BrowserPerson {
  readonly context: BrowserContext
  readonly page: Page
  /** Every uncaught exception and every error in the console, of all pages of the profile. */
  readonly errors: readonly string[]
}

/** Opens an empty page of a new profile. The caller closes the context. */
export async function openPerson(browser: Browser, options: PersonOptions): Promise<BrowserPerson> {
  const isPhone = options.viewport.width < 900
  const context = await browser.newContext({
    viewport: options.viewport,
    locale: 'ko-KR',
    colorScheme: options.colorScheme ?? 'light',
    timezoneId: 'Asia/Seoul',
    hasTouch: isPhone,
    isMobile: isPhone,
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(patienceMs)
  const errors: string[] = []
  context.on('weberror', (error) => errors.push(String(error.error())))
  context.on('console', (message) => {
    if (message.type() === 'error' && !isFirstRefusal(message)) errors.push(message.text())
  })
  return { context, page: await context.newPage(), errors }
}

/** Nobody is signed in yet: the first refresh is refused, and the browser logs it. */
const isFirstRefusal = (message: ConsoleMessage): boolean =>
  message.text().includes('401') && message.location().url.endsWith('/api/auth/refresh')
