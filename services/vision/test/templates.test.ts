import { createKeyLine, parseKeyLines } from '@our-now/platform/crypto/key-lines.ts'
import { openDatabase } from '@our-now/platform/database/open-database.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import { openTestDatabase } from '@our-now/testkit/test-database.ts'
import { createTestLog } from '@our-now/testkit/test-log.ts'
import { randomUUID } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { visionMigrations } from '../src/index.ts'
import { createKeyWrapper } from '../src/keys/service-key.ts'
import { countFaceRows, deleteTemplates } from '../src/templates/template-store.ts'
import { createTemplateVault } from '../src/templates/template-vault.ts'
import { anEmbedding } from './support/faces.ts'

const modelId = 'a-model/1'
const newVault = () => {
  const wrapper = createKeyWrapper(parseKeyLines(createKeyLine()))
  return createTemplateVault(() => wrapper)
}
const enrolIn = async (database: Database, vault = newVault()) => {
  const userId = randomUUID()
  const embeddings = [anEmbedding(1, 0.1, 1), anEmbedding(1, 0.1, 2)]
  await database.transaction((trx) => vault.replace(trx, userId, { modelId, embeddings, now: 1 }))
  return { userId, embeddings, vault }
}
const bytesOf = (embedding: Float32Array): Buffer =>
  Buffer.from(embedding.buffer, embedding.byteOffset, embedding.byteLength)

describe('templates at rest', () => {
  let database: Database
  let close: () => Promise<void>
  beforeAll(async () => {
    ;({ database, close } = await openTestDatabase(visionMigrations))
  })
  afterAll(() => close?.())

  test('what was stored is opened again, float by float', async () => {
    const { userId, embeddings, vault } = await enrolIn(database)
    expect((await vault.open(database.reader, [userId], modelId)).get(userId)).toEqual(embeddings)
  })

  test('no row holds a vector in clear', async () => {
    const { userId, embeddings } = await enrolIn(database)
    const rows = [
      ...(await database.reader('face_templates').where({ user_id: userId })),
      ...(await database.reader('face_keys').where({ user_id: userId })),
    ]
    const stored = Buffer.concat(
      rows.flatMap((row: object) =>
        Object.values(row).map((value: unknown) =>
          value instanceof Uint8Array ? Buffer.from(value) : Buffer.from(String(value)),
        ),
      ),
    )
    expect(stored.length).toBeGreaterThan(2 * 512)
    for (const embedding of embeddings)
      for (let at = 0; at < 512; at += 16)
        expect(stored.includes(bytesOf(embedding).subarray(at, at + 8))).toBe(false)
  })

  test('templates of another model are not opened', async () => {
    const { userId, vault } = await enrolIn(database)
    expect((await vault.open(database.reader, [userId], 'a-model/2')).size).toBe(0)
  })

  test('a template that is moved to another person, row or model does not open', async () => {
    const vault = newVault()
    const ada = await enrolIn(database, vault)
    const ben = await enrolIn(database, vault)
    const [stolen] = await database.reader('face_templates').where({ user_id: ben.userId })
    await database.transaction((trx) =>
      trx('face_templates').where({ user_id: ada.userId }).update({ sealed: stolen?.sealed }),
    )
    await expect(vault.open(database.reader, [ada.userId], modelId)).rejects.toThrow()
    await database.transaction((trx) =>
      trx('face_templates').where({ user_id: ben.userId }).update({ model_id: 'a-model/2' }),
    )
    await expect(vault.open(database.reader, [ben.userId], 'a-model/2')).rejects.toThrow()
  })

  test('without the service’s key nothing opens', async () => {
    const { userId } = await enrolIn(database)
    await expect(newVault().open(database.reader, [userId], modelId)).rejects.toThrow('not in the key file')
  })

  test('enrolling again replaces templates and key', async () => {
    const { userId, vault } = await enrolIn(database)
    const keyOf = async () => (await database.reader('face_keys').where({ user_id: userId }))[0]?.wrapped_key
    const before = Buffer.from(await keyOf())
    const embeddings = [anEmbedding(1, 0.1, 7)]
    await database.transaction((trx) => vault.replace(trx, userId, { modelId, embeddings, now: 2 }))
    expect((await vault.open(database.reader, [userId], modelId)).get(userId)).toEqual(embeddings)
    expect(Buffer.from(await keyOf()).equals(before)).toBe(false)
  })

  test('after a deletion there is nothing to count and nothing to open', async () => {
    const { userId, vault } = await enrolIn(database)
    await database.transaction((trx) => deleteTemplates(trx, userId))
    expect(await countFaceRows(database.reader, userId)).toEqual({ templates: 0, keys: 0 })
    expect((await vault.open(database.reader, [userId], modelId)).size).toBe(0)
  })
})

test('after a deletion neither key nor template is in any file of an embedded database', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'our-now-faces-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }))
  const database = await openDatabase(`sqlite:${join(folder, 'vision.db')}`, {
    migrations: visionMigrations,
    log: createTestLog(),
    erasesDeleted: true,
  })
  onTestFinished(() => database.close())
  const { userId } = await enrolIn(database)
  const [key] = await database.reader('face_keys')
  const [template] = await database.reader('face_templates')
  const secrets = [Buffer.from(key?.wrapped_key), Buffer.from(template?.sealed).subarray(0, 64)]
  const findSecrets = async (): Promise<number> => {
    const names = await readdir(folder)
    const contents = await Promise.all(names.map((name) => readFile(join(folder, name))))
    return secrets.filter((secret) => contents.some((content) => content.includes(secret))).length
  }
  expect(await findSecrets()).toBe(2)
  await database.transaction((trx) => deleteTemplates(trx, userId))
  expect(await findSecrets()).toBe(0)
})
