/** Events of one key stay in order because one shard has one reader at a time. */
export const shardCount = 16

/** The shard of a key, 0 … 15: FNV-1a over its UTF-16 units. Stored with the rows, so it never changes. */
export function shardOf(key: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < key.length; index++)
    hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193) >>> 0
  return hash % shardCount
}
