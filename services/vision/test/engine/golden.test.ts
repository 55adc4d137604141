import { createTestLog } from '@our-now/testkit/test-log.ts'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createFaceEngine } from '../../src/engine/create-face-engine.ts'
import type { FaceEngine } from '../../src/engine/face-engine.ts'
import { findPackageFolder } from '../../src/engine/find-package-folder.ts'
import golden from './golden.json' with { type: 'json' }

/**
 * The first floats of the embeddings of the three people of a demo photo. No engine may drift from them: stored embeddings
 * would no longer compare. A change on purpose needs a new model id.
 */
const photo = join(findPackageFolder('@vladmandic/face-api'), 'demo', 'sample3.jpg')
const detectors = ['wasm', 'tfjs-node'] as const
const embedders = ['onnx', 'tfjs'] as const

for (const detector of detectors)
  for (const embedder of embedders)
    test(`${detector} with ${embedder} answers the golden embeddings, where it loads`, async (context) => {
      const log = createTestLog()
      const opening = createFaceEngine({
        log,
        threads: 1,
        mostWaiting: 1,
        patienceMs: 60_000,
        choice: { detector, embedder },
      })
      const engine: FaceEngine | undefined = await opening.catch((error: unknown) => {
        // What every machine has must load; the rest is optional.
        if (detector === 'wasm' && embedder === 'tfjs') throw error
        return undefined
      })
      if (engine === undefined) return context.skip(`${detector} with ${embedder} is not installed here`)
      try {
        const { faces } = await engine.analyse(await readFile(photo), { kind: 'photo', isEmbedded: true })
        expect(engine.modelId).toBe(golden.modelId)
        expect(faces).toHaveLength(golden.embeddings.length)
        for (const [index, expected] of golden.embeddings.entries()) {
          const floats = faces[index]?.embedding ?? new Float32Array()
          const deviation = Math.max(
            ...expected.map((value, at) => Math.abs(value - (floats[at] ?? Infinity))),
          )
          expect(deviation).toBeLessThanOrEqual(1e-3)
        }
      } finally {
        await engine.close()
      }
    }, 120_000)
