import { findPackageFolder } from '../../src/engine/find-package-folder.ts'
import { createFaceEngine } from '../../src/engine/create-face-engine.ts'
import { similarityOf, type FaceEngine } from '../../src/engine/face-engine.ts'
import { createTestLog } from '@our-now/testkit/test-log.ts'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { paint, pixelBomb } from '../support/odd-pictures.ts'

/** Photos that the package of the weights ships with its demo: three people each. */
const demo = join(findPackageFolder('@vladmandic/face-api'), 'demo')
const selfie = { kind: 'selfie', isEmbedded: true } as const
let engine: FaceEngine
let photo: Buffer
/** One of the people of the photo, as a camera would take them. */
let portrait: Buffer

beforeAll(async () => {
  engine = await createFaceEngine({ log: createTestLog(), threads: 1, mostWaiting: 4 })
  photo = await readFile(join(demo, 'sample3.jpg'))
  portrait = await sharp(photo).extract({ left: 860, top: 90, width: 560, height: 420 }).jpeg().toBuffer()
}, 60_000)

afterAll(() => engine.close())

const analyse = (file: Uint8Array) => engine.analyse(file, selfie)

test('everybody in a photo is found, with embeddings of unit length that are alike for nobody else', async () => {
  const group = await readFile(join(demo, 'sample1.jpg'))
  const { faces, width } = await engine.analyse(group, { kind: 'photo', isEmbedded: true })
  expect(faces).toHaveLength(3)
  expect(width).toBe((await sharp(group).metadata()).width)
  const embeddings = faces.map(({ embedding }) => embedding ?? new Float32Array())
  for (const [index, one] of embeddings.entries()) {
    expect(Math.hypot(...one)).toBeCloseTo(1, 5)
    for (const other of embeddings.slice(index + 1)) expect(similarityOf(one, other)).toBeLessThan(0.93)
  }
})

test('without being asked for no embedding leaves the engine', async () => {
  const { faces } = await engine.analyse(portrait, { kind: 'selfie', isEmbedded: false })
  expect(faces).toHaveLength(1)
  expect(faces[0]).not.toHaveProperty('embedding')
})

test('a photo that lies on its side by its EXIF is the same photo', async () => {
  const [upright] = (await analyse(portrait)).faces
  const lying = await sharp(portrait)
    .rotate(-90)
    .withMetadata({ orientation: 6 })
    .jpeg({ quality: 95 })
    .toBuffer()
  const turned = await analyse(lying)
  expect(turned).toMatchObject({ width: 560, height: 420 })
  expect(turned.faces).toHaveLength(1)
  expect(turned.faces[0]?.box.left).toBeCloseTo(upright?.box.left ?? 0, 1)
  expect(alike(turned.faces[0]?.embedding, upright?.embedding)).toBeGreaterThan(0.98)
})

test.each(['greyscale', 'CMYK', 'see-through PNG', 'animated', '16 bits'] as const)(
  'a face is found in a picture that is %s',
  async (kind) => {
    const { faces } = await analyse(await paint(portrait, kind))
    expect(faces).toHaveLength(1)
    const [plain] = (await analyse(portrait)).faces
    expect(alike(faces[0]?.embedding, plain?.embedding)).toBeGreaterThan(0.944)
  },
)

test('a mirrored head turns the other way', async () => {
  const [one] = (await analyse(portrait)).faces
  const [other] = (await analyse(await sharp(portrait).flop().jpeg().toBuffer())).faces
  expect(Math.sign(one?.yawDegrees ?? 0)).toBe(-Math.sign(other?.yawDegrees ?? 0))
})

test('a picture of nobody, and one of a single pixel, have no faces', async () => {
  const wall = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#7a8' } })
    .png()
    .toBuffer()
  const dot = await sharp({ create: { width: 1, height: 1, channels: 3, background: '#7a8' } })
    .png()
    .toBuffer()
  expect((await analyse(wall)).faces).toEqual([])
  expect((await engine.analyse(dot, { kind: 'photo', isEmbedded: true })).faces).toEqual([])
})

test.each([
  ['nothing', () => Buffer.alloc(0)],
  ['text', () => Buffer.from('this is no picture at all')],
  ['an SVG', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
  ['a PDF', () => Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF')],
  ['half a JPEG', () => portrait.subarray(0, portrait.length / 2)],
  ['a header alone', () => portrait.subarray(0, 200)],
])('%s is refused as unreadable', async (_, file) => {
  await expect(analyse(file())).rejects.toMatchObject({ code: 'image_unreadable' })
})

test('a bomb of pixels is refused by its header, in little time', async () => {
  const cpu = process.cpuUsage()
  await expect(analyse(pixelBomb(30_000, 30_000))).rejects.toMatchObject({ code: 'image_too_large' })
  expect(process.cpuUsage(cpu).user / 1_000).toBeLessThan(500)
})

test('a full queue refuses at once, and those that wait are answered', async () => {
  const jobs = Array.from({ length: 8 }, () =>
    analyse(portrait).then(
      () => 'seen',
      (error: { code: string }) => error.code,
    ),
  )
  const answers = await Promise.all(jobs)
  expect(answers.filter((answer) => answer === 'seen')).toHaveLength(5)
  expect(answers.filter((answer) => answer === 'overloaded')).toHaveLength(3)
})

test('a picture without time left is answered timeout', async () => {
  const late = engine.analyse(portrait, { ...selfie, deadlineAtMs: performance.now() + 1 })
  await expect(late).rejects.toMatchObject({ code: 'timeout' })
})

const alike = (one: Float32Array | undefined, other: Float32Array | undefined): number =>
  one && other ? similarityOf(one, other) : 0
