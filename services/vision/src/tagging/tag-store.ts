import type { PhotoTag } from '@our-now/contracts/vision/shapes.ts'
import type { Queryable, Transaction } from '@our-now/platform/database/database.ts'
import { unchanged } from '@our-now/platform/database/dialect.ts'

interface TagRow {
  readonly tag_id: string
  readonly room_id: string
  readonly photo_id: string
  readonly user_id: string
  readonly confirmed_by: string
  readonly confirmed_at_ms: number
  readonly box_left: number
  readonly box_top: number
  readonly box_width: number
  readonly box_height: number
}

interface RoomRow {
  readonly room_id: string
  readonly turned_on_by: string
  readonly turned_on_at_ms: number
}

const maxTags = 200

export async function isTaggingOn(db: Queryable, roomId: string): Promise<boolean> {
  return (await db<RoomRow>('tagged_rooms').where({ room_id: roomId }).select('room_id')).length > 0
}

/** Tags that were confirmed before it is turned off stay. */
export async function setTagging(
  trx: Transaction,
  roomId: string,
  { isOn, by, now }: { isOn: boolean; by: string; now: number },
): Promise<void> {
  if (!isOn) {
    await trx<RoomRow>('tagged_rooms').where({ room_id: roomId }).delete()
    return
  }
  await trx<RoomRow>('tagged_rooms')
    .insert({ room_id: roomId, turned_on_by: by, turned_on_at_ms: now })
    .onConflict('room_id')
    .merge({ room_id: unchanged(trx, 'tagged_rooms', 'room_id') })
}

/** A person has one tag in a photo. @returns it, or the one that was there before */
export async function insertTag(trx: Transaction, tag: PhotoTag): Promise<PhotoTag> {
  await trx<TagRow>('photo_tags')
    .insert({
      tag_id: tag.tagId,
      room_id: tag.roomId,
      photo_id: tag.photoId,
      user_id: tag.userId,
      confirmed_by: tag.confirmedBy,
      confirmed_at_ms: tag.confirmedAt,
      box_left: tag.box.left,
      box_top: tag.box.top,
      box_width: tag.box.width,
      box_height: tag.box.height,
    })
    .onConflict(['room_id', 'photo_id', 'user_id'])
    .merge({ tag_id: unchanged(trx, 'photo_tags', 'tag_id') })
  const { roomId, photoId, userId } = tag
  const [row] = await trx<TagRow>('photo_tags').where({
    room_id: roomId,
    photo_id: photoId,
    user_id: userId,
  })
  return row === undefined ? tag : toTag(row)
}

export async function findTag(db: Queryable, tagId: string): Promise<PhotoTag | undefined> {
  const [row] = await db<TagRow>('photo_tags').where({ tag_id: tagId })
  return row === undefined ? undefined : toTag(row)
}

export async function listTagsIn(
  db: Queryable,
  { roomId, photoId }: { roomId: string; photoId: string },
): Promise<PhotoTag[]> {
  const rows = await db<TagRow>('photo_tags')
    .where({ room_id: roomId, photo_id: photoId })
    .orderBy('tag_id')
    .limit(maxTags)
  return rows.map(toTag)
}

export async function deleteTag(trx: Transaction, tagId: string): Promise<void> {
  await trx<TagRow>('photo_tags').where({ tag_id: tagId }).delete()
}

/** Those that show this person, whoever confirmed them. */
export async function deleteTagsOf(trx: Transaction, userId: string): Promise<void> {
  await trx<TagRow>('photo_tags').where({ user_id: userId }).delete()
}

export async function countTagsOf(db: Queryable, userId: string): Promise<number> {
  return (await db<TagRow>('photo_tags').where({ user_id: userId }).select('tag_id')).length
}

const toTag = (row: TagRow): PhotoTag => ({
  tagId: row.tag_id,
  roomId: row.room_id,
  photoId: row.photo_id,
  userId: row.user_id,
  confirmedBy: row.confirmed_by,
  confirmedAt: row.confirmed_at_ms,
  box: { left: row.box_left, top: row.box_top, width: row.box_width, height: row.box_height },
})
