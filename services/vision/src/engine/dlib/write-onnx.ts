import { chipSize } from '../align.ts'
import { embeddingSize, lastWidth, meanColour, type Convolution, type Network } from './network.ts'
import { bytesField, numberField } from './protobuf.ts'

/** Of ONNX (onnx.proto3): the numbers of types that are used here. */
const types = { float: 1, int64: 7 }
const attributeInts = 7
const [irVersion, opset] = [8, 13]

/**
 * dlib's network as an ONNX model: input `chips`, float [n, 150, 150, 3] of 0..255; output `embeddings`, float [n, 128].
 * The same network always gives the same bytes.
 */
export function writeOnnx(network: Network): Uint8Array {
  const nodes: Buffer[] = []
  const tensors: Buffer[] = []
  let count = 0
  const keep = (dims: readonly number[], type: number, values: Float32Array | BigInt64Array): string => {
    const name = `w${(count += 1)}`
    const raw = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
    tensors.push(
      Buffer.concat([
        ...dims.map((dim) => numberField(1, dim)),
        numberField(2, type),
        bytesField(8, name),
        bytesField(9, raw),
      ]),
    )
    return name
  }
  const floats = (dims: readonly number[], values: Float32Array): string => keep(dims, types.float, values)
  const add = (
    operator: string,
    inputs: readonly string[],
    ints: Readonly<Record<string, readonly number[]>> = {},
  ): string => {
    const output = `x${(count += 1)}`
    nodes.push(
      Buffer.concat([
        ...inputs.map((input) => bytesField(1, input)),
        bytesField(2, output),
        bytesField(4, operator),
        ...Object.entries(ints).map(([name, values]) => bytesField(5, attribute(name, values))),
      ]),
    )
    return output
  }
  const convolve = (
    x: string,
    { shape: [height, width, ins, outs], filters, bias }: Convolution,
    steps: number,
  ) =>
    add(
      'Conv',
      [
        x,
        floats([outs, ins, height, width], outsFirst(filters, [height, width, ins, outs])),
        floats([outs], bias),
      ],
      {
        strides: [steps, steps],
        pads: steps === 1 ? Array.from({ length: 4 }, () => (height - 1) / 2) : [0, 0, 0, 0],
      },
    )
  const fill = (x: string, channels: number, sides: number): string => {
    if (channels === 0 && sides === 0) return x
    const pads = BigInt64Array.from([0, 0, 0, 0, 0, channels, sides, sides].map(BigInt))
    return add('Pad', [x, keep([8], types.int64, pads)])
  }

  const upright = add('Transpose', ['chips'], { perm: [0, 3, 1, 2] })
  const centred = add('Sub', [upright, floats([1, 3, 1, 1], Float32Array.from(meanColour))])
  const input = add('Mul', [centred, floats([1], Float32Array.of(1 / 256))])
  let x = add('MaxPool', [add('Relu', [convolve(input, network.stem, 2)])], {
    kernel_shape: [3, 3],
    strides: [2, 2],
  })
  let [side, channels] = [half(half(chipSize, 7), 3), network.stem.shape[3]]
  for (const { kind, first, second } of network.blocks) {
    const isDown = kind === 'down'
    const long = convolve(add('Relu', [convolve(x, first, isDown ? 2 : 1)]), second, 1)
    if (!isDown) {
      x = add('Relu', [add('Add', [long, x])])
      continue
    }
    const pooled = add('AveragePool', [x], { kernel_shape: [2, 2], strides: [2, 2] })
    const [longSide, shortSide, outs] = [half(side, 3), half(side, 2), second.shape[3]]
    x = add('Relu', [add('Add', [fill(long, 0, shortSide - longSide), fill(pooled, outs - channels, 0)])])
    side = shortSide
    channels = outs
  }
  const mean = add('Flatten', [add('GlobalAveragePool', [x])])
  const embeddings = add('MatMul', [mean, floats([lastWidth, embeddingSize], network.last)])
  const graph = Buffer.concat([
    ...nodes.map((node) => bytesField(1, node)),
    bytesField(2, 'dlib-resnet'),
    ...tensors.map((tensor) => bytesField(5, tensor)),
    bytesField(11, valueInfo('chips', [chipSize, chipSize, 3])),
    bytesField(12, valueInfo(embeddings, [embeddingSize])),
  ])
  return Buffer.concat([
    numberField(1, irVersion),
    bytesField(2, 'our-now'),
    bytesField(7, graph),
    bytesField(8, numberField(2, opset)),
  ])
}

/** Places of a window in steps of two, without what would hang over. */
const half = (side: number, window: number): number => Math.floor((side - window) / 2) + 1

function attribute(name: string, values: readonly number[]): Buffer {
  return Buffer.concat([
    bytesField(1, name),
    ...values.map((value) => numberField(8, value)),
    numberField(20, attributeInts),
  ])
}

/** Of floats, as many as there are chips. */
function valueInfo(name: string, dims: readonly number[]): Buffer {
  const shape = [bytesField(2, 'n'), ...dims.map((dim) => numberField(1, dim))].map((dim) =>
    bytesField(1, dim),
  )
  const tensor = Buffer.concat([numberField(1, types.float), bytesField(2, Buffer.concat(shape))])
  return Buffer.concat([bytesField(1, name), bytesField(2, bytesField(1, tensor))])
}

/** From height, width, in, out to out, in, height, width. */
function outsFirst(values: Float32Array, [height, width, ins, outs]: Convolution['shape']): Float32Array {
  const moved = new Float32Array(values.length)
  for (let from = 0; from < values.length; from += 1) {
    const out = from % outs
    const into = Math.floor(from / outs) % ins
    const place = Math.floor(from / outs / ins)
    moved[(out * ins + into) * height * width + place] = values[from] ?? 0
  }
  return moved
}
