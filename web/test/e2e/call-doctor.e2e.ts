import { expect } from 'vitest'
import { patienceMs, phone } from './support/browser.ts'
import { checkCalls } from './support/call-doctor.ts'
import { callTest } from './support/calls.ts'
import { describeOnStage } from './support/stage.ts'

describeOnStage('the call doctor', (stage) => {
  callTest('finds every path open, and says which one the server lacks', async () => {
    const { page, marks } = await checkCalls(stage, 'ada', phone)
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
  })
})
