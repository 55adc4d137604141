import { findFreePort } from '@our-now/testkit/infra/free-port.ts'
import { expect } from 'vitest'
import { desktop, patienceMs } from './support/browser.ts'
import { callTest, noteStates, tileNames, twoInCall } from './support/calls.ts'
import { expectMoving } from './support/moving-pictures.ts'
import { iceNamesOf } from './support/paths.ts'
import { describeOnStage, type StartServers } from './support/stage.ts'
import { openUdpWay, type UdpWay } from './support/udp-way.ts'

/** Where the worker is, and where browsers believe it to be. */
const [workerHost, announcedHost] = ['127.0.0.1', '127.0.0.2']
/** One process and one worker, so that there is one port to stand before. */
const lack =
  process.env['E2E_MODE'] === 'cluster'
    ? 'the nodes of a cluster have ports of their own'
    : process.platform === 'linux'
      ? undefined
      : 'this system has no second loopback address'

let way: UdpWay | undefined
const startWay: StartServers = async () => {
  const port = await findFreePort()
  way = await openUdpWay({ host: announcedHost, port }, { host: workerHost, port })
  return {
    env: {
      MEDIA_WORKERS: '1',
      MEDIA_PORT_BASE: String(port),
      MEDIA_LISTEN_ADDRESS: workerHost,
      MEDIA_ANNOUNCED_ADDRESS: announcedHost,
    },
    stop: async () => way?.close(),
  }
}

describeOnStage(
  'a call and its network',
  (stage) => {
    callTest('network change: the paths are restarted, the pictures go on, nobody joins anew', async () => {
      const [ada, bora] = await twoInCall(stage, ['아다', '보라'], desktop, '?call-path=udp')
      const statesOf = [await noteStates(ada.page), await noteStates(bora.page)]
      const namesBefore = await iceNamesOf(ada.page)
      const cameBefore = way?.count() ?? 0
      const changedAt = performance.now()
      way?.change()
      await expect.poll(() => iceNamesOf(ada.page), { timeout: 2 * patienceMs }).not.toEqual(namesBefore)
      await expectMoving(ada.page, ['보라', '나'], 2 * patienceMs)
      await expectMoving(bora.page, ['아다', '나'], 2 * patienceMs)
      console.log(`pictures back after ${Math.round(performance.now() - changedAt)} ms`)
      expect(way?.count()).toBeGreaterThan(cameBefore)
      for (const states of statesOf) expect(await states()).toEqual(['joined'])
      expect(await tileNames(ada.page)).toEqual(['나', '보라'])
      expect(await tileNames(bora.page)).toEqual(['나', '아다'])
    })
  },
  'localhost',
  { startServers: startWay, lack },
)
