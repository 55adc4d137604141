import type { FaceAnalysis, FoundFace } from '../../src/engine/face-engine.ts'

/** What an engine may have found: one good face, and what a test wants to be different about it. */
export function aFace(different: Partial<FoundFace> = {}): FoundFace {
  return {
    box: { left: 0.3, top: 0.2, width: 0.4, height: 0.5 },
    confidence: 0.95,
    yawDegrees: 0,
    pitchDegrees: 0,
    eyeOpenness: { left: 0.3, right: 0.3 },
    brightness: 120,
    sharpness: 200,
    sizePx: 200,
    embedding: anEmbedding(1),
    ...different,
  }
}

export const seeing = (...faces: FoundFace[]): FaceAnalysis => ({ width: 640, height: 480, faces })

/**
 * An embedding of somebody: those of one person are alike, those of two are not.
 *
 * @param noise  0: the same each time; 0.3: a similarity of about .955.
 */
export function anEmbedding(person: number, noise = 0, shot = 0): Float32Array {
  const base = unit(128, (index) => scatter(person, index))
  const other = unit(128, (index) => scatter(1_000 + person * 50 + shot, index))
  return unit(128, (index) => (base[index] ?? 0) + noise * (other[index] ?? 0))
}

/** −1..1, the same each time, alike for no two seeds. */
function scatter(seed: number, index: number): number {
  const large = Math.sin(seed * 12.9898 + index * 78.233) * 43_758.5453
  return (large - Math.floor(large)) * 2 - 1
}

function unit(length: number, value: (index: number) => number): Float32Array {
  const values = Float32Array.from({ length }, (_, index) => value(index))
  const norm = Math.hypot(...values)
  return values.map((each) => each / norm)
}
