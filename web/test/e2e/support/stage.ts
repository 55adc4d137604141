import { findMediaWorker } from '@our-now/testkit/media-worker.ts'
import { findLack } from '@our-now/testkit/infra/find-infra.ts'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { request, type Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, test } from 'vitest'
import { signIn, signUp, type Account } from './account.ts'
import { browserPath, openBrowser, openPerson, type BrowserPerson, type PersonOptions } from './browser.ts'
import { runProduct, type RunningProduct } from './running-product.ts'

/** Somebody with an account, at a browser of their own. */
export interface Person extends BrowserPerson {
  readonly account: Account
}

/** One product and one Chromium for all tests of a file. */
export interface Stage {
  readonly url: string
  /** Somebody without an account, at the first screen or at `path`. */
  arrive(options: PersonOptions, path?: string): Promise<BrowserPerson>
  /** Somebody new who is signed in already: made through the API, so that a test begins with what it is about. */
  enter(handle: string, name: string, options: PersonOptions): Promise<Person>
  /** Somebody who is at no browser of the test: writes and answers through the API alone. */
  account(handle: string, name: string): Promise<Account>
  /** Somebody who has an account, at another device. */
  comeBack(account: Account, options: PersonOptions): Promise<Person>
  /** Process ids of mediasoup's workers. */
  callWorkerPids(): number[]
  /** The processes whose children those are. */
  mediaPids(): number[]
  /** `kill -9`. */
  kill(): Promise<void>
  /** Same data, same port, after `kill`. */
  startAgain(): Promise<void>
}

/** Servers beside the product, and the settings that tell it of them. Stopped after it. */
export type StartServers = () => Promise<{
  readonly env: Readonly<Record<string, string>>
  stop(): Promise<void>
}>

/** Budgets of tests that do in seconds what people do in hours. */
const hastyBudgets: Readonly<Record<string, string>> = {
  AUTH_REGISTRATIONS_PER_ADDRESS_PER_MINUTE: '10000',
  GATEWAY_USER_CALLS_PER_SECOND: '10000',
  GATEWAY_USER_CALLS_BURST: '10000',
  GATEWAY_ROUTE_CALLS_PER_SECOND: '10000',
  GATEWAY_ROUTE_CALLS_BURST: '10000',
}

/** A call of four is at two workers. */
const spreadCalls: Readonly<Record<string, string>> = { MEDIA_WORKERS: '2', MEDIA_ROUTER_PEERS: '3' }

/** What a suite needs besides. */
interface Props {
  /** Settings of the product. */
  readonly env?: Readonly<Record<string, string>>
  /** Servers besides ours, started once before the product. */
  readonly startServers?: StartServers
  /** Switches of Chromium. */
  readonly switches?: readonly string[]
  /** Why it cannot run here, whatever else is there. */
  readonly lack?: string | undefined
}

/** `E2E_MODE=cluster`: the same tests on the product over many processes. */
const mode = process.env['E2E_MODE'] === 'cluster' ? 'cluster' : 'embedded'
/** A cluster is a dozen processes and a broker. */
const startMs = mode === 'cluster' ? 120_000 : 90_000

/**
 * A suite that needs the real product and a real browser. Without one of them it is left out, saying why; where
 * `REQUIRE_INFRA=1` demands everything, it fails instead.
 */
export function describeOnStage(
  name: string,
  tests: (stage: Stage) => void,
  /** How the browser calls this machine. Only by another name than localhost can it be out of reach. */
  host: 'localhost' | '127.0.0.1' = 'localhost',
  props: Props = {},
): void {
  const reason = props.lack ?? findLackOfStage()
  if (reason === undefined) {
    describe(name, () => tests(setStage(host, props)))
    return
  }
  if (process.env.REQUIRE_INFRA === '1')
    test(name, () => {
      throw new Error(reason)
    })
  else {
    console.warn(`left out: ${name}: ${reason}`)
    describe.skip(`${name} (${reason})`, () => test('needs a browser'))
  }
}

/** Why the tests cannot run here. */
function findLackOfStage(): string | undefined {
  if (browserPath === undefined) return 'CHROMIUM_PATH is not set (npm test finds or installs a Chromium)'
  if (mode === 'embedded') return undefined
  return (['mysql', 'redis', 'kafka'] as const)
    .map((kind) => findLack(kind))
    .find((lack) => lack !== undefined)
}

function setStage(host: string, { env: given, switches, startServers }: Props): Stage {
  let browser: Browser | undefined
  let product: RunningProduct | undefined
  let dataDir = ''
  let servers: Awaited<ReturnType<StartServers>> | undefined
  const people: BrowserPerson[] = []
  const running = (): RunningProduct => {
    if (!product) throw new Error('the product runs only during tests')
    return product
  }
  const url = (): string => running().url.replace('localhost', host)
  const start = async (): Promise<void> => {
    dataDir = await mkdtemp(join(tmpdir(), 'our-now-e2e-'))
    const worker = findMediaWorker()
    servers ??= await startServers?.()
    const env = {
      ...hastyBudgets,
      ...spreadCalls,
      ...given,
      ...servers?.env,
      ...(worker === undefined ? {} : { MEDIA_WORKER_BIN: worker }),
    }
    product = await runProduct(mode, { dataDir, env })
  }

  beforeAll(async () => {
    await start()
    browser = await openBrowser(switches)
  }, startMs)
  let hasBegun = false
  let hasCommonPeople = false
  let suffix = ''
  beforeEach(async ({ task }) => {
    hasBegun = true
    const again = task.result?.retryCount ?? 0
    // A second chance needs people of its own: others under the same names, or, with nobody from before, a new start.
    suffix = again === 0 || !hasCommonPeople ? '' : `r${again}`
    if (again === 0 || hasCommonPeople) return
    await product?.stop()
    await rm(dataDir, { recursive: true, force: true, maxRetries: 3 })
    await start()
  }, startMs)
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') {
      await tellWhatIsSeen(people)
      console.log(product?.tell())
    }
    await Promise.all(people.splice(0).map(({ context }) => context.close()))
  })
  afterAll(async () => {
    await browser?.close()
    await product?.stop()
    await servers?.stop()
    await rm(dataDir, { recursive: true, force: true, maxRetries: 3 })
  })

  const open = async (options: PersonOptions): Promise<BrowserPerson> => {
    if (!browser) throw new Error('the browser is open only during tests')
    const person = await openPerson(browser, options)
    people.push(person)
    return person
  }
  const toApp = async (person: BrowserPerson, url: string): Promise<void> => {
    await person.page.goto(url)
    await person.page.getByRole('navigation', { name: '주요 메뉴' }).waitFor()
  }

  return {
    get url() {
      return url()
    },
    arrive: async (options, path = '/') => {
      const person = await open(options)
      await person.page.goto(url() + path)
      return person
    },
    enter: async (handle, name, options) => {
      const person = await open(options)
      const account = await signUp(person.context.request, url(), { handle: handle + suffix, name })
      await toApp(person, url())
      return { ...person, account }
    },
    account: async (handle, name) => {
      if (!hasBegun) hasCommonPeople = true
      const api = await request.newContext()
      const account = await signUp(api, url(), { handle: handle + suffix, name })
      await api.dispose()
      return account
    },
    comeBack: async (account, options) => {
      const person = await open(options)
      await signIn(person.context.request, url(), account.handle)
      await toApp(person, url())
      return { ...person, account }
    },
    callWorkerPids: () => running().callWorkerPids(),
    mediaPids: () => running().mediaPids(),
    kill: () => running().kill(),
    startAgain: () => running().startAgain(),
  }
}

/** After a failure: what a screen reader would find on every open page, and what the pages complained about. */
async function tellWhatIsSeen(people: readonly BrowserPerson[]): Promise<void> {
  for (const { page, errors } of people) {
    const seen = await page
      .locator('body')
      .ariaSnapshot({ timeout: 2_000 })
      .catch((error: unknown) => String(error))
    console.log(`--- ${page.url()}\n${seen}\n${errors.join('\n')}`)
  }
}
