import type { Queryable, Transaction } from '@our-now/platform/database/database.ts'

/** An embedding as it is kept: sealed with its person's data key. */
export interface StoredTemplate {
  readonly templateId: string
  readonly userId: string
  readonly modelId: string
  readonly sealed: Buffer
  readonly createdAt: number
}

interface TemplateRow {
  readonly template_id: string
  readonly user_id: string
  readonly model_id: string
  readonly sealed: Uint8Array
  readonly created_at_ms: number
}

interface KeyRow {
  readonly user_id: string
  readonly wrapped_key: Uint8Array
}

/** The key and templates of a person, in place of any from before. */
export async function replaceTemplates(
  trx: Transaction,
  userId: string,
  { wrappedKey, templates }: { wrappedKey: Buffer; templates: readonly StoredTemplate[] },
): Promise<void> {
  await deleteTemplates(trx, userId)
  await trx<KeyRow>('face_keys').insert({ user_id: userId, wrapped_key: wrappedKey })
  await trx<TemplateRow>('face_templates').insert(
    templates.map(({ templateId, modelId, sealed, createdAt }) => ({
      template_id: templateId,
      user_id: userId,
      model_id: modelId,
      sealed,
      created_at_ms: createdAt,
    })),
  )
}

export async function deleteTemplates(trx: Transaction, userId: string): Promise<void> {
  await trx<KeyRow>('face_keys').where({ user_id: userId }).delete()
  await trx<TemplateRow>('face_templates').where({ user_id: userId }).delete()
}

/** How many templates a person has, of which models, and since when. */
export async function findEnrolment(
  db: Queryable,
  userId: string,
): Promise<{ templates: number; modelIds: readonly string[]; enrolledAt: number } | undefined> {
  const rows = await db<TemplateRow>('face_templates')
    .where({ user_id: userId })
    .select('model_id', 'created_at_ms')
  if (rows.length === 0) return undefined
  return {
    templates: rows.length,
    modelIds: [...new Set(rows.map((row) => row.model_id))],
    enrolledAt: Math.max(...rows.map((row) => row.created_at_ms)),
  }
}

/** Those of one model only: embeddings of different models must not be compared. */
export async function listTemplates(
  db: Queryable,
  userIds: readonly string[],
  modelId: string,
): Promise<readonly StoredTemplate[]> {
  const rows = await db<TemplateRow>('face_templates')
    .whereIn('user_id', [...userIds])
    .where({ model_id: modelId })
    .orderBy('template_id')
  return rows.map((row) => ({
    templateId: row.template_id,
    userId: row.user_id,
    modelId: row.model_id,
    sealed: Buffer.from(row.sealed),
    createdAt: row.created_at_ms,
  }))
}

export async function listWrappedKeys(
  db: Queryable,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, Buffer>> {
  const rows = await db<KeyRow>('face_keys').whereIn('user_id', [...userIds])
  return new Map(rows.map((row) => [row.user_id, Buffer.from(row.wrapped_key)]))
}

/** What is left of a person's face: to be looked at after a deletion. */
export async function countFaceRows(
  db: Queryable,
  userId: string,
): Promise<{ templates: number; keys: number }> {
  const templates = await db<TemplateRow>('face_templates').where({ user_id: userId }).select('template_id')
  const keys = await db<KeyRow>('face_keys').where({ user_id: userId }).select('user_id')
  return { templates: templates.length, keys: keys.length }
}
