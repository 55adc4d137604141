import { expect } from 'vitest'
import { makeFriends } from './support/account.ts'
import { desktop, patienceMs, phone } from './support/browser.ts'
import {
  answer,
  callTest,
  expectTiles,
  joinRunning,
  leave,
  startCall,
  takePicture,
  tileNames,
} from './support/calls.ts'
import { expectMoving, frames, screen } from './support/moving-pictures.ts'
import { openRoom } from './support/screens.ts'
import { describeOnStage } from './support/stage.ts'

describeOnStage('calls', (stage) => {
  callTest('one rings, the other answers, and both see each other move', async () => {
    const ada = await stage.enter('ada', '아다', desktop)
    const bora = await stage.enter('bora', '보라', phone)
    await ada.account.addFriend(bora.account)
    const { roomId } = await ada.account.openDirectRoom(bora.account)
    await ada.account.send(roomId, '전화할게')
    await openRoom(ada.page, '보라')
    await startCall(ada.page)
    await answer(bora.page)
    await expectMoving(ada.page, ['보라', '나'])
    await expectMoving(bora.page, ['아다', '나'])

    await ada.page.getByRole('button', { name: '카메라 끄기' }).click()
    await expect
      .poll(async () => Object.keys(await frames(bora.page)), { timeout: patienceMs })
      .toEqual(['나'])
    await ada.page.getByRole('button', { name: '카메라 켜기' }).click()
    await expectMoving(bora.page, ['아다', '나'])

    await leave(bora.page)
    await ada.page.getByText('통화가 끝났습니다.').waitFor()
    await screen(ada.page).waitFor({ state: 'hidden' })
    await ada.page.getByRole('button', { name: '영상 통화', exact: true }).waitFor()
    expect([...ada.errors, ...bora.errors]).toEqual([])
  })

  callTest(
    'four meet in a group; who is taken out of the room is out of its call, the others go on',
    async () => {
      const names = ['가은', '나리', '도윤', '라온']
      const people = []
      for (const [at, name] of names.entries())
        people.push(await stage.enter(`group${at}`, name, at === 3 ? phone : desktop))
      const [first, ...others] = people
      if (first === undefined) throw new Error('four people')
      for (const { account } of others) await first.account.addFriend(account)
      const { roomId } = await first.account.createGroup(others.map(({ account }) => account))
      for (const { page } of people) {
        await page.goto(`${stage.url}/chats/${roomId}`)
        await (page === first.page ? startCall(page) : joinRunning(page))
      }
      for (const [at, { page }] of people.entries())
        await expectMoving(page, [...names.filter((_name, other) => other !== at), '나'])
      for (const [at, { page }] of people.entries()) await takePicture(page, `four-${at}`)

      const [out, ...staying] = others
      if (out === undefined) throw new Error('four people')
      const removedAt = performance.now()
      await first.account.removeMember(roomId, out.account)
      await screen(out.page).waitFor({ state: 'hidden' })
      console.log(`out of the call after ${Math.round(performance.now() - removedAt)} ms`)
      for (const { page } of staying) await expectMoving(page, ['가은', '나'])
      expect(Object.keys(await frames(first.page)).toSorted()).toEqual(['나', '도윤', '라온'])
    },
  )

  callTest('who comes late sees everybody; who goes and comes again is there once', async () => {
    const mina = await stage.enter('mina', '미나', desktop)
    const noah = await stage.enter('noah', '노아', desktop)
    const suji = await stage.enter('suji', '수지', phone)
    await makeFriends(mina.account, noah.account, suji.account)
    const { roomId } = await mina.account.createGroup([noah.account, suji.account], '늦은 모임')
    for (const { page } of [mina, noah, suji]) await page.goto(`${stage.url}/chats/${roomId}`)
    await startCall(mina.page)
    await joinRunning(noah.page)
    await expectMoving(mina.page, ['노아', '나'])
    await joinRunning(suji.page)
    await expectMoving(suji.page, ['미나', '노아', '나'])

    await leave(noah.page)
    await expectTiles(mina.page, ['나', '수지'])
    // Not left: the page is gone from one moment to the next, and comes again.
    await suji.page.reload()
    await joinRunning(suji.page)
    await joinRunning(noah.page)
    await expectMoving(mina.page, ['노아', '수지', '나'])
    expect(await tileNames(mina.page)).toEqual(['나', '노아', '수지'])
    await expectTiles(noah.page, ['나', '미나', '수지'])
  })

  callTest('two calls at once never mix', async () => {
    const pairs = [
      ['일호', '이호'],
      ['삼호', '사호'],
    ] as const
    const calls = []
    for (const [at, [one, other]] of pairs.entries()) {
      const first = await stage.enter(`pair${at}a`, one, desktop)
      const second = await stage.enter(`pair${at}b`, other, desktop)
      await first.account.addFriend(second.account)
      const { roomId } = await first.account.openDirectRoom(second.account)
      await first.account.send(roomId, '안녕')
      await openRoom(first.page, other)
      await startCall(first.page)
      await answer(second.page)
      calls.push({ first, second, one, other })
    }
    for (const { first, second, one, other } of calls) {
      await expectMoving(first.page, [other, '나'])
      await expectMoving(second.page, [one, '나'])
      expect(await tileNames(first.page)).toEqual([other, '나'].toSorted())
    }
  })
})
