import { expect, test } from 'vitest'
import { desktop, patienceMs, phone } from './support/browser.ts'
import { expectSent, expectUnread, room, say, seenMessages } from './support/room.ts'
import {
  badgeOf,
  expectBadge,
  expectRoom,
  findFriend,
  openRoom,
  passWelcome,
  signUpByHand,
} from './support/screens.ts'
import { describeOnStage } from './support/stage.ts'

describeOnStage('two people', (stage) => {
  test('sign up, find each other and talk, one at a desktop, one at a phone', async () => {
    const ada = await stage.arrive(desktop)
    await signUpByHand(ada.page, { handle: 'ada', name: '아다' })
    await passWelcome(ada.page, '아다')
    const bora = await stage.arrive(phone)
    await signUpByHand(bora.page, { handle: 'bora', name: '보라' })
    await passWelcome(bora.page, '보라')

    await findFriend(ada.page, 'bora', '보라')
    await say(ada.page, '보라야 안녕')
    await expectSent(ada.page, ['보라야 안녕'])
    await expectUnread(ada.page, '보라야 안녕', 1)
    await expectBadge(bora.page, '아다', 1)

    await openRoom(bora.page, '아다')
    await expectSent(bora.page, ['보라야 안녕'])
    await expectUnread(ada.page, '보라야 안녕', 0)

    await room(bora.page).composer.pressSequentially('응')
    await ada.page.getByText('보라님이 입력 중').waitFor()
    await say(bora.page, '응 나 여기 있어')
    await say(bora.page, '어디야?')
    await expectSent(ada.page, ['보라야 안녕', '응 나 여기 있어', '어디야?'])
    await expectUnread(bora.page, '어디야?', 0)
    await expect.poll(() => ada.page.getByText('보라님이 입력 중').count()).toBe(0)
    await say(ada.page, '집')
    for (const { page } of [ada, bora])
      await expectSent(page, ['보라야 안녕', '응 나 여기 있어', '어디야?', '집'])
    expect((await seenMessages(bora.page)).map(({ name }) => name)).toEqual(['아다', '나', '나', '아다'])

    expect(ada.errors).toEqual([])
    expect(bora.errors).toEqual([])
  })

  test('a run has its name once and its time at the end; the day stands above it', async () => {
    const chan = await stage.account('chan', '찬호')
    const dana = await stage.enter('dana', '다나', desktop)
    const { roomId } = await chan.openDirectRoom(dana.account)
    await startOfMinute()
    for (const text of ['하나', '둘', '셋']) await chan.send(roomId, text)
    await openRoom(dana.page, '찬호')
    await expectSent(dana.page, ['하나', '둘', '셋'])

    const { log, message, line } = room(dana.page)
    await expect.poll(() => log.getByRole('button', { name: '찬호 프로필 열기' }).count()).toBe(1)
    expect(await message('하나').getByRole('button', { name: '찬호 프로필 열기' }).count()).toBe(1)
    const times = await Promise.all(
      ['하나', '둘', '셋'].map((text) =>
        message(text)
          .getByText(/^(오전|오후) \d+:\d\d$/)
          .count(),
      ),
    )
    expect(times).toEqual([0, 0, 1])
    const [day, first] = await Promise.all([
      line(/^\d{4}년 \d+월 \d+일 .요일$/).boundingBox(),
      message('하나').boundingBox(),
    ])
    expect(day?.y).toBeLessThan(first?.y ?? 0)
    expect(await line(/^\d{4}년 \d+월 \d+일 .요일$/).count()).toBe(1)
  })

  test(
    'a reload keeps the person signed in and the room open',
    async () => {
      const emil = await stage.enter('emil', '에밀', phone)
      const fini = await stage.enter('fini', '피니', desktop)
      const { roomId } = await fini.account.openDirectRoom(emil.account)
      await fini.account.send(roomId, '잘 있었어?')
      await openRoom(emil.page, '피니')
      await emil.page.reload()
      await expectRoom(emil.page, '피니')
      await expectSent(emil.page, ['잘 있었어?'])
      await say(emil.page, '그럼')
      await expectBadge(fini.page, '에밀', 1)
      expect(await badgeOf(fini.page, '나와의 채팅')).toBe(0)
      expect([...emil.errors, ...fini.errors]).toEqual([])
    },
    patienceMs * 4,
  )
})

/** A run ends with its minute: with fewer than ten seconds left, the next one is waited for. */
async function startOfMinute(): Promise<void> {
  await expect.poll(() => new Date().getSeconds(), { timeout: 15_000, interval: 200 }).toBeLessThan(50)
}
