import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { FaceAnalysis, FaceEngine, FoundFace } from '../../src/engine/face-engine.ts'

/**
 * An engine to which a picture is what it says it shows: for the rules around it, where a test decides what is seen. What
 * real pictures show is for the engine's own tests.
 */
export function createScriptedEngine(modelId = 'scripted/1'): FaceEngine {
  return {
    modelId,
    backends: { detector: 'wasm', embedder: 'tfjs' },
    analyse: async (image, { isEmbedded }) => {
      const { faces, ...size } = parse(image)
      return { ...size, faces: faces.map((face) => toFace(face, isEmbedded)) }
    },
    close: async () => undefined,
  }
}

/** A picture of this, in base64. No two are the same bytes. */
export function pictureOf(analysis: FaceAnalysis): string {
  const faces = analysis.faces.map((face) => ({ ...face, embedding: [...(face.embedding ?? [])] }))
  return Buffer.from(JSON.stringify({ ...analysis, faces, noise: Math.random() })).toString('base64')
}

type Told = Omit<FoundFace, 'embedding'> & { readonly embedding: readonly number[] }

function parse(image: Uint8Array): { width: number; height: number; faces: readonly Told[] } {
  try {
    /** True of everything that `pictureOf` made. */
    return JSON.parse(Buffer.from(image).toString()) as { width: number; height: number; faces: Told[] }
  } catch (error) {
    throw new AppError('image_unreadable', undefined, { cause: error })
  }
}

function toFace({ embedding, ...face }: Told, isEmbedded: boolean): FoundFace {
  return isEmbedded ? { ...face, embedding: Float32Array.from(embedding) } : face
}
