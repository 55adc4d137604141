import { expect, test } from 'vitest'
import { makeFriends } from './support/account.ts'
import { desktop, phone } from './support/browser.ts'
import { expectSent, expectUnread, room, say, seenTexts, unreadNumbers } from './support/room.ts'
import { badgeOf, expectBadge, openProfileOfRoom, openRoom, openTab, toast } from './support/screens.ts'
import { describeOnStage } from './support/stage.ts'

describeOnStage('blocking', (stage) => {
  test('a blocked person writes into the void and is not told; unblocked, the next message arrives', async () => {
    const ada = await stage.enter('ada', '아다', desktop)
    const bora = await stage.enter('bora', '보라', phone)
    await makeFriends(ada.account, bora.account)
    const { roomId } = await bora.account.openDirectRoom(ada.account)
    await bora.account.send(roomId, '안녕')
    await openRoom(bora.page, '아다')
    await openRoom(ada.page, '보라')
    await expectUnread(bora.page, '안녕', 0)

    await openProfileOfRoom(ada.page, '보라')
    await ada.page.getByRole('dialog').getByRole('button', { name: '보라님에 대해 할 수 있는 일' }).click()
    await ada.page.getByRole('menuitem', { name: '차단' }).click()
    const question = ada.page.getByRole('dialog', { name: '보라님을 차단할까요?' })
    await question.getByRole('radio', { name: '메시지만 차단' }).check()
    await question.getByRole('button', { name: '차단' }).click()
    await toast(ada.page, '보라님을 차단했습니다.').waitFor()

    await say(bora.page, '내 말 들려?')
    await expectSent(bora.page, ['안녕', '내 말 들려?'])
    // What Ada writes is a sign that everything before has arrived where it goes.
    await openRoom(ada.page, '보라')
    await say(ada.page, '혼잣말')
    await expectSent(bora.page, ['안녕', '내 말 들려?', '혼잣말'])
    expect(await seenTexts(ada.page)).toEqual(['안녕', '혼잣말'])
    expect(await badgeOf(ada.page, '보라')).toBe(0)
    expect(await unreadNumbers(bora.page)).toEqual([
      ['안녕', 0],
      ['내 말 들려?', 1],
      ['혼잣말', 0],
    ])

    await openProfileOfRoom(ada.page, '보라')
    await ada.page.getByRole('dialog').getByRole('button', { name: '차단 해제' }).click()
    await toast(ada.page, '보라님의 차단을 해제했습니다.').waitFor()
    await ada.page.keyboard.press('Escape')
    await say(bora.page, '이제는?')
    await expectSent(ada.page, ['안녕', '혼잣말', '이제는?'])
    await expectUnread(bora.page, '이제는?', 0)
    await ada.page.reload()
    await expectSent(ada.page, ['안녕', '혼잣말', '이제는?'])
    expect([...ada.errors, ...bora.errors]).toEqual([])
  })

  test('in a group the messages of a blocked person are folded away until one wants to see them', async () => {
    const chan = await stage.enter('chan', '찬호', phone)
    const dana = await stage.enter('dana', '다나', desktop)
    const emil = await stage.account('emil', '에밀')
    await makeFriends(chan.account, dana.account, emil)
    const { roomId } = await emil.createGroup([chan.account, dana.account], '등산')
    await chan.account.block(dana.account, 'messages')
    await dana.account.send(roomId, '어디까지 왔어')
    await dana.account.send(roomId, '빨리 와')
    await emil.send(roomId, '거의 다 왔어')
    await openTab(chan.page, '채팅')
    await expectBadge(chan.page, '등산', 3)
    await openRoom(chan.page, '등산')
    const folded = room(chan.page).log.getByRole('button', { name: /차단한 사용자의 메시지 2개/ })
    await folded.waitFor()
    expect(await seenTexts(chan.page)).toEqual(['거의 다 왔어'])
    await folded.click()
    await expectSent(chan.page, ['어디까지 왔어', '빨리 와', '거의 다 왔어'])
    await openRoom(dana.page, '등산')
    await expectUnread(dana.page, '빨리 와', 1)
    expect([...chan.errors, ...dana.errors]).toEqual([])
  })
})
