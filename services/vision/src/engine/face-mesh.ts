import type { GraphModel } from '@tensorflow/tfjs-converter'
import * as tf from '@tensorflow/tfjs-core'
import type { Point } from './align.ts'
import type { Detection } from './blaze-face.ts'
import { drawSquare, placeOf, type Pyramid, type Similarity } from './picture.ts'

/** 468 points of a face. */
export interface FaceMesh {
  /** How certain the model is that there is a face at all, 0..1. */
  readonly confidence: number
  /** In pixels of the picture. @param index  0..467, of MediaPipe's canonical face */
  point(index: number): Point
  /** Degrees; turned to its left and upwards are positive. */
  readonly yawDegrees: number
  readonly pitchDegrees: number
  readonly eyeOpenness: { readonly left: number; readonly right: number }
}

const inputSize = 192
/** The mesh looks at the box and half as much again around it. */
const around = 1.5

/** Draws the face upright by the line of its eyes, and asks the model for its points. */
export function meshFace(model: GraphModel, pyramid: Pyramid, face: Detection): FaceMesh {
  const place = upright(face)
  const { confidence, points } = run(model, drawSquare(pyramid, place, inputSize))
  const raw = (index: number): readonly [number, number, number] => [
    points[index * 3] ?? 0,
    points[index * 3 + 1] ?? 0,
    points[index * 3 + 2] ?? 0,
  ]
  return {
    confidence,
    point: (index) => {
      const [u, v] = raw(index)
      return placeOf(place, u, v)
    },
    // What is nearer has the smaller depth: the cheek that one turns away from, the chin of who looks up.
    yawDegrees: angle(raw(454)[2] - raw(234)[2], raw(454)[0] - raw(234)[0]),
    pitchDegrees: angle(raw(10)[2] - raw(152)[2], raw(152)[1] - raw(10)[1]),
    eyeOpenness: {
      right: openness([33, 160, 158, 133, 153, 144].map(raw)),
      left: openness([362, 385, 387, 263, 373, 380].map(raw)),
    },
  }
}

const angle = (opposite: number, adjacent: number): number => (Math.atan2(opposite, adjacent) * 180) / Math.PI

function upright({ left, top, right, bottom, eyes: [rightEye, leftEye] }: Detection): Similarity {
  const scale = (Math.max(right - left, bottom - top) * around) / inputSize
  const turn = Math.atan2(leftEye[1] - rightEye[1], leftEye[0] - rightEye[0])
  const [a, b] = [scale * Math.cos(turn), scale * Math.sin(turn)]
  const [middleX, middleY] = [(left + right) / 2, (top + bottom) / 2]
  const half = inputSize / 2
  return { a, b, left: middleX - a * half + b * half, top: middleY - b * half - a * half }
}

/** Eye aspect ratio: Soukupová and Čech, "Real-Time Eye Blink Detection using Facial Landmarks", 2016. */
function openness(eye: readonly (readonly number[])[]): number {
  const far = (one: number, other: number): number =>
    Math.hypot((eye[one]?.[0] ?? 0) - (eye[other]?.[0] ?? 0), (eye[one]?.[1] ?? 0) - (eye[other]?.[1] ?? 0))
  return (far(1, 5) + far(2, 4)) / (2 * Math.max(1e-6, far(0, 3)))
}

function run(model: GraphModel, square: Float32Array): { confidence: number; points: Float32Array } {
  const input = tf.tidy(() => tf.div(tf.tensor4d(square, [1, inputSize, inputSize, 3]), 255))
  /** True because the model has several outputs. */
  const outputs = model.execute(input) as tf.Tensor[]
  try {
    const [flag, mesh] = [1, 1_404].map((size) => outputs.find((output) => output.shape.at(-1) === size))
    if (!flag || !mesh) throw new Error('FaceMesh answers otherwise')
    /** True because its type is float32. */
    return { confidence: flag.dataSync()[0] ?? 0, points: mesh.dataSync() as Float32Array }
  } finally {
    tf.dispose([input, ...outputs])
  }
}
