import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'

/** Switches for a headless Chromium that stays on this machine. */
const switches = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export const phone = { width: 390, height: 844 } as const
export const desktop = { width: 1440, height: 900 } as const

/** Where the browser is; `npm test` finds or installs one and says so in CHROMIUM_PATH. */
export const browserPath = process.env.CHROMIUM_PATH

/** Launches Chromium. The caller closes it. */
export async function openBrowser(): Promise<Browser> {
  if (browserPath === undefined)
    throw new Error('CHROMIUM_PATH is not set: run npm test, which finds a Chromium.')
  return chromium.launch({ executablePath: browserPath, args: switches, headless: true })
}

export interface PersonOptions {
  readonly viewport: { readonly width: number; readonly height: number }
  readonly locale?: string
  readonly colorScheme?: 'light' | 'dark'
}

/** One person's own browser: a fresh profile, a page, and every uncaught error of the page kept. */
export interface BrowserPerson {
  readonly context: BrowserContext
  readonly page: Page
  readonly errors: readonly string[]
}

/** Opens a page at `url` as a new person. Console errors and uncaught exceptions are collected. */
export async function openPerson(
  browser: Browser,
  url: string,
  options: PersonOptions,
): Promise<BrowserPerson> {
  const isPhone = options.viewport.width < 900
  const context = await browser.newContext({
    viewport: options.viewport,
    locale: options.locale ?? 'ko-KR',
    colorScheme: options.colorScheme ?? 'light',
    timezoneId: 'Asia/Seoul',
    hasTouch: isPhone,
    isMobile: isPhone,
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  await page.goto(url)
  return { context, page, errors }
}
