import type { Page } from 'playwright-core'
import type { PersonOptions } from './browser.ts'
import { openSettings } from './screens.ts'
import type { Stage } from './stage.ts'

/** Lets the call doctor look, to its end. `marks` are `udp good`, `relay left-out` … in its order. */
export async function checkCalls(
  stage: Stage,
  handle: string,
  device: PersonOptions,
): Promise<{ readonly page: Page; readonly marks: readonly string[] }> {
  const { page } = await stage.enter(handle, '아다', device)
  await openSettings(page, '통화 점검')
  await page.getByRole('button', { name: '점검 시작' }).click()
  await page.locator('[data-conclusion]').waitFor({ timeout: 60_000 })
  const marks = await page
    .locator('[data-check]')
    .evaluateAll((checks) =>
      checks.map((check) => `${check.getAttribute('data-check')} ${check.getAttribute('data-mark')}`),
    )
  return { page, marks }
}
