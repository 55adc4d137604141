import { expect } from 'vitest'
import { makeFriends } from './support/account.ts'
import { desktop } from './support/browser.ts'
import {
  callTest,
  expectState,
  expectTiles,
  joinRunning,
  leave,
  noteStates,
  startCall,
} from './support/calls.ts'
import { portsOf } from './support/listening-ports.ts'
import { expectMoving } from './support/moving-pictures.ts'
import { notePeerConnections, openedConnections, serverPortsOf } from './support/paths.ts'
import { describeOnStage, type Person } from './support/stage.ts'

/** From `kill -9` of a media node until all pictures move again, in ms. */
const backWithinMs = 8_000
const names = ['은지', '한결', '다온']

/** Each node takes one device before another one lends places: the third goes where there is least to do. */
const env = { MEDIA_WORKERS: '1', MEDIA_ROUTER_PEERS: '12', MEDIA_NODE_PEERS: '1' }

describeOnStage(
  'a call over two media nodes',
  (stage) => {
    callTest('three people see one another, also after the loss of either node', async () => {
      const people: Person[] = []
      for (const [at, name] of names.entries()) people.push(await stage.enter(`far${at}`, name, desktop))
      const [eun, han, dao] = people
      if (eun === undefined || han === undefined || dao === undefined) throw new Error('three people')
      await makeFriends(eun.account, han.account, dao.account)
      const { roomId } = await eun.account.createGroup([han.account, dao.account], '두 노드')
      const allMove = async (): Promise<void> => {
        for (const [at, { page }] of people.entries())
          await expectMoving(page, [...names.filter((_name, other) => other !== at), '나'])
      }
      const meet = async (): Promise<void> => {
        for (const { page } of people) {
          await notePeerConnections(page)
          await page.goto(`${stage.url}/chats/${roomId}`)
          await (page === eun.page ? startCall(page) : joinRunning(page))
        }
        await allMove()
      }
      const portOf = async ({ page }: Person): Promise<number> => (await serverPortsOf(page))[0] ?? 0

      await meet()
      if (stage.mediaPids().length < 2) {
        // One process: the same settings change nothing.
        expect(new Set(await Promise.all(people.map(portOf))).size).toBe(1)
        return
      }
      for (const killed of ['lender', 'owner'] as const) {
        const ports = await Promise.all(people.map(portOf))
        const opened = await Promise.all(people.map(({ page }) => openedConnections(page)))
        expect(new Set(ports).size).toBe(2)
        // Who came first is at the node that has the call.
        const isHit = ports.map((port) => (port === ports[0]) === (killed === 'owner'))
        const hitPort = ports[isHit.indexOf(true)]
        const node = stage.callWorkerPids().findIndex((pid) => portsOf(pid).includes(hitPort ?? 0))
        const pid = stage.mediaPids()[node]
        if (pid === undefined) throw new Error('the node of a port')
        const rejoining = people.filter((_person, at) => killed === 'owner' || isHit[at])
        const statesOf = await Promise.all(rejoining.map(({ page }) => noteStates(page)))
        process.kill(pid, 'SIGKILL')
        const killedAt = performance.now()
        await Promise.all(statesOf.map((states) => expectState(states, 'recovering', backWithinMs)))
        await allMove()
        const backMs = Math.round(performance.now() - killedAt)
        console.log(`all pictures back ${backMs} ms after kill -9 of the ${killed}`)
        expect(backMs).toBeLessThan(backWithinMs)
        for (const [at, { page }] of people.entries())
          await expectTiles(page, ['나', ...names.filter((_name, other) => other !== at)])
        // Those at the other node kept their connections: they opened no new ones.
        for (const [at, person] of people.entries())
          if (!rejoining.includes(person)) expect(await openedConnections(person.page)).toBe(opened[at])
        await stage.startAgain()
        if (killed === 'owner') break
        for (const { page } of people) await leave(page)
        await meet()
      }
    })
  },
  'localhost',
  { env },
)
