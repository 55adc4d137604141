import { openSealed, seal } from '@our-now/platform/crypto/sealed-box.ts'
import type { Queryable, Transaction } from '@our-now/platform/database/database.ts'
import { randomBytes } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import type { KeyWrapper } from '../keys/service-key.ts'
import { listTemplates, listWrappedKeys, replaceTemplates } from './template-store.ts'

/** Embeddings, which nobody else holds in clear for longer than a request. */
export interface TemplateVault {
  /** Puts these in place of a person's templates, under a new data key; the old key is gone with the commit. */
  replace(
    trx: Transaction,
    userId: string,
    given: { modelId: string; embeddings: readonly Float32Array[]; now: number },
  ): Promise<void>
  /** The embeddings of these people that are of this model. Who has none is left out. */
  open(
    db: Queryable,
    userIds: readonly string[],
    modelId: string,
  ): Promise<ReadonlyMap<string, readonly Float32Array[]>>
}

const keyBytes = 32

/** @param wrapper  Asked when it is needed: the key is read at the start of the service. */
export function createTemplateVault(wrapper: () => KeyWrapper): TemplateVault {
  return {
    replace: async (trx, userId, { modelId, embeddings, now }) => {
      const dataKey = randomBytes(keyBytes)
      const templates = embeddings.map((embedding) => {
        const templateId = uuidv7()
        const sealed = seal(dataKey, aadOf({ userId, modelId, templateId }), toBytes(embedding))
        return { templateId, userId, modelId, sealed, createdAt: now }
      })
      await replaceTemplates(trx, userId, { wrappedKey: wrapper().wrap(userId, dataKey), templates })
      dataKey.fill(0)
    },
    open: async (db, userIds, modelId) => {
      const templates = await listTemplates(db, userIds, modelId)
      const wrapped = await listWrappedKeys(db, [...new Set(templates.map(({ userId }) => userId))])
      const opened = new Map<string, Float32Array[]>()
      for (const [userId, wrappedKey] of wrapped) {
        const dataKey = wrapper().unwrap(userId, wrappedKey)
        const own = templates.filter((template) => template.userId === userId)
        opened.set(
          userId,
          own.map((template) => toEmbedding(openSealed(dataKey, aadOf(template), template.sealed))),
        )
        dataKey.fill(0)
      }
      return opened
    },
  }
}

/** A template opens only as that of its person, its model and its row. */
const aadOf = (of: { userId: string; modelId: string; templateId: string }): string =>
  `face-template/${of.userId}/${of.modelId}/${of.templateId}`

function toBytes(embedding: Float32Array): Buffer {
  const bytes = Buffer.alloc(embedding.length * 4)
  for (const [index, value] of embedding.entries()) bytes.writeFloatLE(value, index * 4)
  return bytes
}

function toEmbedding(bytes: Buffer): Float32Array {
  return Float32Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readFloatLE(index * 4))
}
