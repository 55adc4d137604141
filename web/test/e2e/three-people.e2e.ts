import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { makeFriends } from './support/account.ts'
import { desktop, patienceMs, phone } from './support/browser.ts'
import { expectSent, expectUnread, openDrawer, room, say, seenTexts, unreadNumbers } from './support/room.ts'
import { expectBadge, expectRoom, openRoom, openRowMenu, openTab, roomRow, toast } from './support/screens.ts'
import { describeOnStage } from './support/stage.ts'

describeOnStage('three people', (stage) => {
  test('the unread number counts down as they read', async () => {
    const ada = await stage.enter('ada', '아다', desktop)
    const bora = await stage.enter('bora', '보라', phone)
    const chan = await stage.enter('chan', '찬호', desktop)
    await makeFriends(ada.account, bora.account, chan.account)

    await ada.page.getByRole('button', { name: '새로운 채팅' }).first().click()
    const dialog = ada.page.getByRole('dialog', { name: '새로운 채팅' })
    await dialog.getByRole('checkbox', { name: '보라' }).check({ force: true })
    await dialog.getByRole('checkbox', { name: '찬호' }).check({ force: true })
    await dialog.getByRole('textbox', { name: '채팅방 이름' }).fill('저녁 모임')
    await dialog.getByRole('button', { name: '2명과 단체 채팅 시작' }).click()
    await expectRoom(ada.page, '저녁 모임')

    await say(ada.page, '몇 시에 볼까')
    await expectUnread(ada.page, '몇 시에 볼까', 2)
    await expectBadge(bora.page, '저녁 모임', 1)
    await openRoom(bora.page, '저녁 모임')
    await expectUnread(bora.page, '몇 시에 볼까', 1)
    await expectUnread(ada.page, '몇 시에 볼까', 1)
    await expectBadge(chan.page, '저녁 모임', 1)
    await openRoom(chan.page, '저녁 모임')
    for (const { page } of [ada, bora, chan]) await expectUnread(page, '몇 시에 볼까', 0)
    expect([...ada.errors, ...bora.errors, ...chan.errors]).toEqual([])
  })

  test('who joins later sees nothing older and counts for nothing older; who leaves drops out at once', async () => {
    const dana = await stage.enter('dana', '다나', desktop)
    const emil = await stage.enter('emil', '에밀', phone)
    const fini = await stage.enter('fini', '피니', phone)
    await makeFriends(dana.account, emil.account, fini.account)
    const { roomId } = await dana.account.createGroup([emil.account], '산책')
    await dana.account.send(roomId, '비밀 이야기')
    await openRoom(dana.page, '산책')
    await expectUnread(dana.page, '비밀 이야기', 1)

    const drawer = await openDrawer(dana.page)
    await drawer.getByRole('button', { name: '친구 초대' }).click()
    const invite = dana.page.getByRole('dialog', { name: '친구 초대' })
    await invite.getByRole('checkbox', { name: '피니' }).check({ force: true })
    await invite.getByRole('button', { name: '1명 초대' }).click()
    await room(dana.page).line('다나님이 피니님을 초대했습니다.').waitFor()
    await say(dana.page, '어서 와')
    await expect
      .poll(() => unreadNumbers(dana.page))
      .toEqual([
        ['비밀 이야기', 1],
        ['어서 와', 2],
      ])

    await openRoom(fini.page, '산책')
    await room(fini.page).line('다나님이 피니님을 초대했습니다.').waitFor()
    expect(await seenTexts(fini.page)).toEqual(['어서 와'])
    await expectUnread(dana.page, '어서 와', 1)

    // Emil never reads; he leaves, and nobody waits for him any more.
    await openRowMenu(emil.page, '산책')
    await emil.page.getByRole('menuitem', { name: '나가기', exact: true }).click()
    await emil.page
      .getByRole('dialog', { name: '‘산책’ 채팅방에서 나갈까요?' })
      .getByRole('button', { name: '나가기' })
      .click()
    await toast(emil.page, '채팅방에서 나왔습니다.').waitFor()
    await expect.poll(() => roomRow(emil.page, '산책').count()).toBe(0)
    await expect
      .poll(() => unreadNumbers(dana.page))
      .toEqual([
        ['비밀 이야기', 0],
        ['어서 와', 0],
      ])
    await room(dana.page).line('에밀님이 나갔습니다.').waitFor()

    const leaving = await openDrawer(fini.page)
    await leaving.getByRole('button', { name: '조용히 나가기' }).click()
    await fini.page
      .getByRole('dialog', { name: '채팅방에서 나갈까요?' })
      .getByRole('button', { name: '조용히 나가기' })
      .click()
    await toast(fini.page, '채팅방에서 나왔습니다.').waitFor()
    await drawer.getByRole('heading', { name: '참여자 1명' }).waitFor()
    expect(await room(dana.page).line('피니님이 나갔습니다.').count()).toBe(0)
    expect([...dana.errors, ...emil.errors, ...fini.errors]).toEqual([])
  })

  test('a room is renamed for everybody, muted and pinned for oneself', async () => {
    const gina = await stage.enter('gina', '지나', desktop)
    const hanu = await stage.enter('hanu', '하누', phone)
    await makeFriends(gina.account, hanu.account)
    await gina.account.createGroup([hanu.account], '옛 이름')
    const { roomId } = await gina.account.createGroup([hanu.account], '다른 방')
    await openRoom(gina.page, '옛 이름')
    const drawer = await openDrawer(gina.page)
    await drawer.getByRole('button', { name: '채팅방 이름 바꾸기' }).click()
    const dialog = gina.page.getByRole('dialog', { name: '채팅방 이름 바꾸기' })
    await dialog.getByRole('textbox', { name: '채팅방 이름' }).fill('새 이름')
    await dialog.getByRole('button', { name: '저장' }).click()
    await expectRoom(gina.page, '새 이름')
    await room(gina.page).line('지나님이 채팅방 이름을 ‘새 이름’으로 바꿨습니다.').waitFor()
    await openRoom(hanu.page, '새 이름')

    await gina.account.send(roomId, '다른 방이 위에')
    await expect.poll(() => titles(gina.page)).toEqual(['다른 방', '새 이름', '나와의 채팅'])
    await drawer.getByRole('switch', { name: '상단 고정' }).click()
    await drawer.getByRole('switch', { name: '알림 끄기' }).click()
    await expect.poll(() => titles(gina.page)).toEqual(['새 이름', '다른 방', '나와의 채팅'])
    await roomRow(gina.page, '새 이름').getByLabel('상단 고정됨').waitFor()
    await roomRow(gina.page, '새 이름').getByLabel('알림 꺼짐').waitFor()
    await hanu.page.getByRole('button', { name: '뒤로' }).click()
    expect(await roomRow(hanu.page, '새 이름').getByLabel('상단 고정됨').count()).toBe(0)
    expect([...gina.errors, ...hanu.errors]).toEqual([])
  })

  test('inviting into a 1:1 room makes a group and leaves the two alone', async () => {
    const ian = await stage.enter('ian', '이안', phone)
    const jisu = await stage.enter('jisu', '지수', desktop)
    const kyra = await stage.enter('kyra', '키라', desktop)
    await makeFriends(ian.account, jisu.account, kyra.account)
    const { roomId } = await ian.account.openDirectRoom(jisu.account)
    await ian.account.send(roomId, '둘만의 말')
    await openRoom(ian.page, '지수')
    const drawer = await openDrawer(ian.page)
    await drawer.getByRole('button', { name: '친구 초대' }).click()
    const invite = ian.page.getByRole('dialog', { name: '친구 초대' })
    await invite.getByRole('checkbox', { name: '키라' }).check({ force: true })
    await invite.getByRole('button', { name: '1명과 새 채팅방 만들기' }).click()
    await expectRoom(ian.page, '지수, 키라')
    await say(ian.page, '셋이 이야기하자')
    await openRoom(kyra.page, '이안, 지수')
    await expectSent(kyra.page, ['셋이 이야기하자'])
    await expectBadge(jisu.page, '이안', 1)
    await openRoom(jisu.page, '이안')
    await expectSent(jisu.page, ['둘만의 말'])
    expect([...ian.errors, ...jisu.errors, ...kyra.errors]).toEqual([])
  })

  test('the badge is the same on every device, and goes on all when one has read', async () => {
    const lena = await stage.enter('lena', '레나', phone)
    const mina = await stage.enter('mina', '미나', desktop)
    const lenaAtHome = await stage.comeBack(lena.account, desktop)
    const { roomId } = await mina.account.openDirectRoom(lena.account)
    for (const text of ['하나', '둘', '셋']) await mina.account.send(roomId, text)
    for (const { page } of [lena, lenaAtHome]) await expectBadge(page, '미나', 3)
    await openRoom(lenaAtHome.page, '미나')
    for (const { page } of [lena, lenaAtHome]) await expectBadge(page, '미나', 0)
    await openTab(lena.page, '친구')
    await mina.account.send(roomId, '넷')
    await expectSent(lenaAtHome.page, ['하나', '둘', '셋', '넷'])
    const chats = lena.page.getByRole('navigation', { name: '주요 메뉴' }).getByRole('link', { name: '채팅' })
    await expect.poll(() => chats.getByRole('img').count(), { timeout: patienceMs }).toBe(0)
    expect([...lena.errors, ...lenaAtHome.errors, ...mina.errors]).toEqual([])
  })
})

/** Titles of the chat list from top to bottom. */
const titles = async (page: Page): Promise<readonly string[]> =>
  page
    .getByRole('region', { name: '채팅', exact: true })
    .getByRole('button', { name: / 메뉴$/ })
    .evaluateAll((buttons) =>
      buttons.map((one) => (one.getAttribute('aria-label') ?? '').replace(/ 메뉴$/, '')),
    )
