import { codeOf } from '@our-now/client/client-error.ts'
import { describeWithPrograms } from '@our-now/testkit/infra/describe-with-infra.ts'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lackOfPictures, takeShot } from '../../../services/vision/test/support/pictures.ts'
import type { Cluster } from '../cluster.ts'
import { startCluster } from '../start-cluster.ts'
import { enter, passwordOf, type Talker } from './support/talkers.ts'

/** Long enough that nothing has it by chance. */
const needleBytes = 30

/** Parts of a picture as they could be kept: as bytes, in base64 (of a third of all alignments each), in hex. */
function needlesOf(picture: Buffer): readonly Buffer[] {
  return [0.3, 0.5, 0.8].flatMap((part, offset) => {
    const from = Math.floor((picture.length * part) / 3) * 3 + offset
    const bytes = picture.subarray(from, from + needleBytes)
    return [bytes, Buffer.from(bytes.toString('base64')), Buffer.from(bytes.toString('hex'))]
  })
}

async function listFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

/** The files below a folder that hold one of these. */
async function findIn(folder: string, needles: readonly Buffer[]): Promise<readonly string[]> {
  const found: string[] = []
  for (const file of await listFiles(folder)) {
    const content = await readFile(file)
    if (needles.some((needle) => content.includes(needle))) found.push(file.slice(folder.length))
  }
  return found
}

describeWithPrograms(['mysql', 'kafka', 'redis'], 'pictures that are looked at', () => {
  let dataDir: string
  let cluster: Cluster
  let ada: Talker
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'our-now-pictures-'))
    cluster = await startCluster({ dataDir, env: { VISION_ENABLED: 'true' } })
    ada = await enter(cluster.url, 'ada-the-needle', cluster.url)
  }, 120_000)
  afterEach(async () => {
    await ada?.client.close()
    await cluster?.stop()
    await rm(dataDir, { recursive: true, force: true, maxRetries: 3 })
  }, 60_000)

  test.skipIf(lackOfPictures !== undefined)(
    'are in no file of the databases, the topics and the logs, with consent or without',
    async () => {
      const { api } = ada.client
      const shots = await Promise.all([0, 1, 2, 3].map((shot) => takeShot('one', shot)))
      const blobs = shots.map((shot) => new Blob([new Uint8Array(shot)], { type: 'image/jpeg' }))
      const enrol = () => api.enrolFace({ password: passwordOf('ada-the-needle'), shots: blobs })
      await expect(enrol().catch(codeOf)).resolves.toBe('consent_required')
      const [profile] = blobs
      if (profile) await api.checkFace({ purpose: 'profile', picture: profile })
      const { consentVersion } = await api.getFaceSettings()
      await api.giveFaceConsent({ version: consentVersion, language: 'ko' })
      expect((await enrol()).enrolment?.templates).toBeGreaterThanOrEqual(1)
      const { userId } = ada
      const { challengeId } = await api.createChallenge({ userId, purpose: 'trial' })
      const tried = await api.verifyChallenge({ challengeId, userId, purpose: 'trial', frames: blobs })
      expect(tried.passed).toBe(false)

      const printed = [...cluster.members.values()].map((member) => member.output()).join('\n')
      await cluster.stop()
      const needles = shots.flatMap(needlesOf)
      expect(needles.filter((needle) => printed.includes(needle.toString('latin1')))).toEqual([])
      expect(await findIn(dataDir, needles)).toEqual([])
      // What is kept would be found: an account's handle, in the files of the database.
      const kept = await findIn(dataDir, [Buffer.from('ada-the-needle')])
      expect(kept.some((file) => file.includes('mariadb'))).toBe(true)
    },
    180_000,
  )
})
