import { startProduct } from '@our-now/testkit/start-product.ts'
import { waitUntil } from '@our-now/testkit/wait-until.ts'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openDoor, unlimited } from './support/door.ts'
import { makeSmallDisk, smallDiskProblem } from './support/small-disk.ts'

if (smallDiskProblem !== undefined) {
  console.warn(`disk-full tests are skipped: ${smallDiskProblem}`)
  if (process.env.REQUIRE_INFRA === '1') throw new Error(smallDiskProblem)
}

describe.skipIf(smallDiskProblem !== undefined)('a full disk', () => {
  test('is told with a code, loses nothing that was acknowledged, and goes on when space returns', async () => {
    const disk = await makeSmallDisk(24)
    const product = await startProduct({ dataDir: join(disk.path, 'data'), env: unlimited })
    try {
      const ada = await openDoor(product.url, 'ada')
      const bob = await openDoor(product.url, 'bob')
      const { body } = await ada.call('PUT', `/api/direct-rooms/${bob.userId}`)
      const messages = `/api/rooms/${String(Reflect.get(body, 'roomId'))}/messages`
      const acknowledged: string[] = []
      const long = '가'.repeat(9_000)
      const send = async (text: string): Promise<number> => {
        const { status, body: reply } = await ada.call('POST', messages, {
          clientMessageId: crypto.randomUUID(),
          text,
        })
        if (status === 200) acknowledged.push(text)
        else expect(reply).toMatchObject({ code: 'storage_full' })
        return status
      }
      expect(await send('before')).toBe(200)

      disk.fill()
      // SQLite may still have room inside its files for the first few.
      await waitUntil(async () => (await send(`while full ${long}`)) === 503, {
        timeoutMs: 10_000,
      })
      expect(await send(`still full ${long}`)).toBe(503)

      disk.free()
      await waitUntil(async () => (await send('after')) === 200, { timeoutMs: 10_000 })
      const { body: page } = await bob.call('GET', `${messages}?limit=200`)
      const texts = (Reflect.get(page, 'messages') as { text: string }[]).map(({ text }) => text)
      expect(texts).toEqual(acknowledged)
    } finally {
      await product.stop()
      await disk.remove()
    }
  })
})
