import type { Client } from '@our-now/client/client.ts'
import { createClient } from '@our-now/client/create-client.ts'
import { createCookieFetch } from '@our-now/client/http/cookie-fetch.ts'
import { setTimeout as wait } from 'node:timers/promises'
import type { CrowdOrders } from './crowd.ts'
import { passwordOfAll } from './people.ts'

/** The process behind `startCrowd`: the client core with its own timing, as a page has it. */
interface Question {
  readonly connect?: CrowdOrders
  readonly follow?: readonly (readonly { readonly roomId: string; readonly have: number }[])[]
  readonly complete?: { readonly heads: Readonly<Record<string, number>>; readonly withinMs: number }
}

interface Member {
  readonly client: Client
  roomIds: readonly string[]
}

const atOnce = 8
const members: Member[] = []

async function connect({ url, count, prefix }: CrowdOrders): Promise<string[]> {
  const userIds: string[] = []
  const numbers = Array.from({ length: count }, (_, index) => index)
  while (numbers.length > 0)
    await Promise.all(
      numbers.splice(0, atOnce).map(async (number) => {
        const client = createClient({
          baseUrl: url,
          deviceName: 'bench',
          fetch: createCookieFetch(url),
          headers: { origin: url },
        })
        const handle = `${prefix}${number}`
        const { account } = await client.session.register({
          handle,
          password: passwordOfAll,
          displayName: handle,
        })
        userIds.push(account.userId)
        members.push({ client, roomIds: [] })
      }),
    )
  while (!members.every(isOnline)) await wait(50)
  return userIds
}

const isOnline = ({ client }: Member): boolean => client.connection.state().state === 'online'

async function complete(
  heads: Readonly<Record<string, number>>,
  withinMs: number,
): Promise<(number | null)[]> {
  const at: (number | null)[] = members.map(() => null)
  const endsAt = Date.now() + withinMs
  while (at.includes(null) && Date.now() < endsAt) {
    for (const [index, member] of members.entries())
      if (at[index] === null && isOnline(member) && hasAll(member, heads)) at[index] = Date.now()
    await wait(10)
  }
  return at
}

const hasAll = ({ client, roomIds }: Member, heads: Readonly<Record<string, number>>): boolean =>
  roomIds.every((roomId) => (client.rooms.have(roomId) ?? 0) >= (heads[roomId] ?? 0))

process.on('message', (question: Question) => {
  void (async () => {
    if (question.connect !== undefined) process.send?.(await connect(question.connect))
    else if (question.follow !== undefined) {
      for (const [index, rooms] of question.follow.entries()) {
        const member = members[index]
        if (member === undefined) continue
        member.roomIds = rooms.map(({ roomId }) => roomId)
        member.client.rooms.follow(rooms)
      }
      process.send?.('followed')
    } else if (question.complete !== undefined)
      process.send?.(await complete(question.complete.heads, question.complete.withinMs))
  })()
})
