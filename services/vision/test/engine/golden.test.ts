import { createTestLog } from '@our-now/testkit/test-log.ts'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createFaceEngine } from '../../src/engine/create-face-engine.ts'
import type { EngineChoice } from '../../src/engine/load-models.ts'
import type { FaceEngine } from '../../src/engine/face-engine.ts'
import { findPackageFolder } from '../../src/engine/find-package-folder.ts'
import golden from './golden.json' with { type: 'json' }

/**
 * The first floats of the embeddings of the three people of a demo photo. No engine may drift from them: stored embeddings
 * would no longer compare. A change on purpose needs a new model id.
 */
const photo = join(findPackageFolder('@vladmandic/face-api'), 'demo', 'sample3.jpg')
/** What every machine has; it must load. */
const everywhere = { detector: 'wasm', embedder: 'tfjs' } as const
/** What is faster, where it loads. */
const optional = [
  { detector: 'wasm', embedder: 'onnx' },
  { detector: 'tfjs-node', embedder: 'onnx' },
  { detector: 'tfjs-node', embedder: 'tfjs' },
] as const

const open = (choice: EngineChoice): Promise<FaceEngine> =>
  createFaceEngine({ log: createTestLog(), threads: 1, mostWaiting: 1, patienceMs: 60_000, choice })

async function expectGolden(engine: FaceEngine): Promise<void> {
  try {
    const { faces } = await engine.analyse(await readFile(photo), { kind: 'photo', isEmbedded: true })
    expect(engine.modelId).toBe(golden.modelId)
    expect(faces).toHaveLength(golden.embeddings.length)
    for (const [index, expected] of golden.embeddings.entries()) {
      const floats = faces[index]?.embedding ?? new Float32Array()
      const deviation = Math.max(...expected.map((value, at) => Math.abs(value - (floats[at] ?? Infinity))))
      expect(deviation).toBeLessThanOrEqual(1e-3)
    }
  } finally {
    await engine.close()
  }
}

test('the engine that every machine has answers the golden embeddings', async () => {
  await expectGolden(await open(everywhere))
}, 120_000)

test('so does every other one that loads here', async () => {
  for (const choice of optional) {
    const engine = await open(choice).catch((error: unknown) => {
      console.info(`${choice.detector} with ${choice.embedder} does not load here: ${String(error)}`)
    })
    if (engine) await expectGolden(engine)
  }
}, 240_000)
