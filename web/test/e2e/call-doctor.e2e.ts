import { findMediaWorker } from '@our-now/testkit/media-worker.ts'
import { expect, test } from 'vitest'
import { desktop, patienceMs, phone } from './support/browser.ts'
import { openSettings } from './support/screens.ts'
import { describeOnStage } from './support/stage.ts'

const hasWorker = findMediaWorker() !== undefined
if (!hasWorker) console.warn('left out: the call doctor in the browser: no media worker on this machine')
const doctorTest = test.skipIf(!hasWorker || process.env['E2E_MODE'] === 'cluster')

describeOnStage('the call doctor', (stage) => {
  const look = async (handle: string, device: typeof desktop | typeof phone) => {
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

  doctorTest('finds every path open, and says which one the server lacks', async () => {
    const { page, marks } = await look('ada', phone)
    expect(marks).toEqual([
      'microphone good',
      'camera good',
      'server good',
      'address good',
      'udp good',
      'tcp good',
      'relay left-out',
    ])
    await page.getByText('통화할 준비가 되어 있습니다.').waitFor({ timeout: patienceMs })
    if (process.env['CALL_PICTURES'] !== undefined)
      await page.screenshot({ path: `${process.env['CALL_PICTURES']}/doctor.png` })
  })
})
