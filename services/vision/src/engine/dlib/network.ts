import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findPackageFolder } from '../find-package-folder.ts'

/**
 * dlib's face recognition network (a ResNet of 29 layers; D. King, dlib 19.3, `dlib_face_recognition_resnet_model_v1`, CC0), from the
 * weights that `@vladmandic/face-api` ships: bytes that stand for `min + scale × byte`.
 */

/** A convolution with the scale and shift behind it folded in. */
export interface Convolution {
  /** height, width, in, out */
  readonly shape: readonly [number, number, number, number]
  /** In the order of the shape. */
  readonly filters: Float32Array
  readonly bias: Float32Array
}

export interface Block {
  /** `down` halves the sides and may widen; its shortcut is a mean of four pixels, with zeros where it is too narrow. */
  readonly kind: 'same' | 'down'
  readonly first: Convolution
  readonly second: Convolution
}

export interface Network {
  /** 7×7 in steps of two, then the greatest of 3×3 in steps of two. */
  readonly stem: Convolution
  readonly blocks: readonly Block[]
  /** 256 × 128 */
  readonly last: Float32Array
}

/** What is taken from red, green and blue before all is divided by 256. */
export const meanColour = [122.782, 117.001, 104.298] as const
export const embeddingSize = 128
export const lastWidth = 256

const names = [
  ['conv32_1', 'same'],
  ['conv32_2', 'same'],
  ['conv32_3', 'same'],
  ['conv64_down', 'down'],
  ['conv64_1', 'same'],
  ['conv64_2', 'same'],
  ['conv64_3', 'same'],
  ['conv128_down', 'down'],
  ['conv128_1', 'same'],
  ['conv128_2', 'same'],
  ['conv256_down', 'down'],
  ['conv256_1', 'same'],
  ['conv256_2', 'same'],
  ['conv256_down_out', 'down'],
] as const

interface WeightSpec {
  readonly name: string
  readonly shape: readonly number[]
  /** Absent: the numbers themselves, four bytes each. */
  readonly quantization?: { readonly scale: number; readonly min: number }
}

/** Reads some 6 MB. */
export async function loadNetwork(): Promise<Network> {
  const folder = join(findPackageFolder('@vladmandic/face-api'), 'model')
  /** True because the package's version is pinned, and a test holds what comes of it. */
  const [group] = JSON.parse(
    await readFile(join(folder, 'face_recognition_model-weights_manifest.json'), 'utf8'),
  ) as readonly [{ readonly weights: readonly WeightSpec[] }]
  const bytes = await readFile(join(folder, 'face_recognition_model.bin'))
  const tensors = new Map<string, { shape: readonly number[]; values: Float32Array }>()
  let at = 0
  for (const { name, shape, quantization } of group.weights) {
    const count = shape.reduce((product, side) => product * side, 1)
    const end = at + count * (quantization === undefined ? 4 : 1)
    const part = bytes.subarray(at, end)
    const values =
      quantization === undefined
        ? new Float32Array(new Uint8Array(part).buffer)
        : Float32Array.from(part, (byte) => quantization.min + quantization.scale * byte)
    tensors.set(name, { shape, values })
    at = end
  }
  const tensor = (name: string) => {
    const found = tensors.get(name)
    if (found === undefined) throw new Error(`the weights lack ${name}`)
    return found
  }
  const convolution = (name: string): Convolution => {
    const { shape, values } = tensor(`${name}/conv/filters`)
    const [factor, shift] = [tensor(`${name}/scale/weights`).values, tensor(`${name}/scale/biases`).values]
    const bias = tensor(`${name}/conv/bias`).values
    const outs = factor.length
    return {
      /** True because filters are always of four dimensions. */
      shape: shape as Convolution['shape'],
      filters: values.map((value, index) => value * (factor[index % outs] ?? 0)),
      bias: bias.map((value, out) => value * (factor[out] ?? 0) + (shift[out] ?? 0)),
    }
  }
  return {
    stem: convolution('conv32_down'),
    blocks: names.map(([name, kind]) => ({
      kind,
      first: convolution(`${name}/conv1`),
      second: convolution(`${name}/conv2`),
    })),
    last: tensor('fc').values,
  }
}
