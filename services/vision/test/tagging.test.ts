import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aFace, anEmbedding, seeing } from './support/faces.ts'
import { pictureOf } from './support/scripted-engine.ts'
import { asUser, enrol, startVision, type VisionStack } from './support/start-vision.ts'

let stack: VisionStack
/** Enrolled as 1, 2 and 3; only Ada and Cho allow to be suggested. */
let ada: string
let ben: string
let cho: string
let roomId: string
const box = { left: 0.3, top: 0.2, width: 0.4, height: 0.5 }
const group = pictureOf(
  seeing(...[1, 2, 3, 4].map((person) => aFace({ embedding: anEmbedding(person, 0.1, 8) }))),
)
beforeAll(async () => {
  stack = await startVision()
  ada = await enrol(stack.vision, 1, true)
  ben = await enrol(stack.vision, 2)
  cho = await enrol(stack.vision, 3, true)
  roomId = stack.makeRoom(ada, ben)
  await stack.vision.setRoomTagging(asUser(ada), { roomId, isOn: true })
})
afterAll(() => stack?.close())

const suggest = async (as: string, room = roomId) =>
  (await stack.vision.suggestFaces(asUser(as), { roomId: room, picture: group })).faces.map(
    (face) => face.userId,
  )
const refusedWith = (code: string) => expect.objectContaining({ code })

test('only members who allowed it are suggested; of the others there is a face and no name', async () => {
  // Ben is in the room and did not allow it; Cho allowed it and is not in the room; the fourth is not enrolled.
  expect(await suggest(ben)).toEqual([ada, undefined, undefined, undefined])
})

test('nothing of a picture is kept', async () => {
  const count = async () => (await stack.database.reader('face_templates')).length
  const before = await count()
  await suggest(ben)
  expect(await count()).toBe(before)
})

test('who takes the permission back is not suggested any more', async () => {
  const dan = await enrol(stack.vision, 4, true)
  const room = stack.makeRoom(dan, ada)
  await stack.vision.setRoomTagging(asUser(dan), { roomId: room, isOn: true })
  expect(await suggest(ada, room)).toEqual([ada, undefined, undefined, dan])
  await stack.vision.updateFaceUses(asUser(dan), { maySuggest: false })
  expect(await suggest(ada, room)).toEqual([ada, undefined, undefined, undefined])
})

test('tagging is off until the owner turns it on; others may not', async () => {
  const room = stack.makeRoom(ada, ben)
  await expect(suggest(ben, room)).rejects.toEqual(refusedWith('tagging_off'))
  await expect(stack.vision.setRoomTagging(asUser(ben), { roomId: room, isOn: true })).rejects.toEqual(
    refusedWith('forbidden'),
  )
  expect(await stack.vision.getRoomTagging(asUser(ben), { roomId: room })).toEqual({
    isOn: false,
    mayChange: false,
  })
  await stack.vision.setRoomTagging(asUser(ada), { roomId: room, isOn: true })
  expect(await suggest(ben, room)).toContain(ada)
  await stack.vision.setRoomTagging(asUser(ada), { roomId: room, isOn: false })
  await expect(suggest(ben, room)).rejects.toEqual(refusedWith('tagging_off'))
})

test('who is not in the room learns nothing', async () => {
  await expect(suggest(cho)).rejects.toEqual(refusedWith('room_not_found'))
  const photoId = randomUUID()
  await expect(stack.vision.listTags(asUser(cho), { roomId, photoId })).rejects.toEqual(
    refusedWith('room_not_found'),
  )
})

test('a person confirms a tag, once; who did not allow it cannot be tagged', async () => {
  const photoId = randomUUID()
  const confirm = (userId: string) => stack.vision.confirmTag(asUser(ben), { roomId, photoId, userId, box })
  const tag = await confirm(ada)
  expect(tag).toMatchObject({ userId: ada, confirmedBy: ben, box })
  expect((await confirm(ada)).tagId).toBe(tag.tagId)
  expect((await stack.vision.listTags(asUser(ada), { roomId, photoId })).tags).toEqual([tag])
  await expect(confirm(ben)).rejects.toEqual(refusedWith('tag_refused'))
  await expect(confirm(cho)).rejects.toEqual(refusedWith('tag_refused'))
})

test('anybody takes their own tag away, whoever put it there also, nobody else', async () => {
  const dan = await enrol(stack.vision, 4, true)
  const room = stack.makeRoom(ada, ben, dan)
  await stack.vision.setRoomTagging(asUser(ada), { roomId: room, isOn: true })
  const tagAda = async () =>
    stack.vision.confirmTag(asUser(ben), { roomId: room, photoId: randomUUID(), userId: ada, box })
  const remove = (as: string, tagId: string) => stack.vision.removeTag(asUser(as), { roomId: room, tagId })
  const left = async (photoId: string) =>
    (await stack.vision.listTags(asUser(ada), { roomId: room, photoId })).tags.length
  const first = await tagAda()
  await expect(remove(dan, first.tagId)).rejects.toEqual(refusedWith('forbidden'))
  await remove(ada, first.tagId)
  expect(await left(first.photoId)).toBe(0)
  const second = await tagAda()
  await remove(ben, second.tagId)
  await remove(ben, second.tagId)
  expect(await left(second.photoId)).toBe(0)
})

test('deleting one’s face takes one’s tags away', async () => {
  const eve = await enrol(stack.vision, 5, true)
  const room = stack.makeRoom(eve, ada)
  await stack.vision.setRoomTagging(asUser(eve), { roomId: room, isOn: true })
  const photoId = randomUUID()
  await stack.vision.confirmTag(asUser(ada), { roomId: room, photoId, userId: eve, box })
  expect((await stack.vision.deleteFace(asUser(eve), {})).left.tags).toBe(0)
  expect((await stack.vision.listTags(asUser(ada), { roomId: room, photoId })).tags).toEqual([])
})
