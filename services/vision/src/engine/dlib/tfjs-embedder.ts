import * as tf from '@tensorflow/tfjs-core'
import { chipSize } from '../align.ts'
import type { Embedder } from '../embedder.ts'
import {
  embeddingSize,
  lastWidth,
  meanColour,
  type Block,
  type Convolution,
  type Network,
} from './network.ts'

interface Layer {
  readonly filters: tf.Tensor4D
  readonly bias: tf.Tensor1D
}

/** dlib's network on TensorFlow.js, whose backend was chosen before. */
export function createTfjsEmbedder(network: Network): Embedder {
  const toLayer = ({ shape, filters, bias }: Convolution): Layer => ({
    filters: tf.tensor4d(filters, [...shape]),
    bias: tf.tensor1d(bias),
  })
  const stem = toLayer(network.stem)
  const blocks = network.blocks.map((block) => ({
    ...block,
    first: toLayer(block.first),
    second: toLayer(block.second),
  }))
  const last = tf.tensor2d(network.last, [lastWidth, embeddingSize])
  const mean = tf.tensor1d([...meanColour])

  const convolve = (x: tf.Tensor4D, { filters, bias }: Layer, steps: 1 | 2): tf.Tensor4D =>
    tf.add(tf.conv2d(x, filters, steps, steps === 1 ? 'same' : 'valid'), bias)
  const run = (
    x: tf.Tensor4D,
    { kind, first, second }: Omit<Block, 'first' | 'second'> & { first: Layer; second: Layer },
  ): tf.Tensor4D => {
    const long: tf.Tensor4D = convolve(tf.relu(convolve(x, first, kind === 'down' ? 2 : 1)), second, 1)
    return tf.relu(kind === 'same' ? tf.add(long, x) : addShortcut(long, tf.avgPool(x, 2, 2, 'valid')))
  }

  return {
    kind: 'tfjs',
    embed: async (chips) => {
      const embeddings = tf.tidy(() => {
        const batch: tf.Tensor4D = tf.concat(
          chips.map((chip) => tf.tensor4d(chip, [1, chipSize, chipSize, 3])),
        )
        const input: tf.Tensor4D = tf.div(tf.sub(batch, mean), 256)
        let x: tf.Tensor4D = tf.maxPool(tf.relu(convolve(input, stem, 2)), 3, 2, 'valid')
        for (const block of blocks) x = run(x, block)
        return tf.matMul(tf.mean(x, [1, 2]), last)
      })
      /** True because its type is float32. */
      const values = embeddings.dataSync() as Float32Array
      embeddings.dispose()
      return chips.map((_, index) => values.slice(index * embeddingSize, (index + 1) * embeddingSize))
    },
    close: async () => {
      const layers = [stem, ...blocks.flatMap(({ first, second }) => [first, second])]
      tf.dispose([...layers.flatMap(({ filters, bias }) => [filters, bias]), last, mean])
    },
  }
}

/** Either side may be smaller: it is filled up with zeros, to the right and below, and in the last channels. */
function addShortcut(long: tf.Tensor4D, short: tf.Tensor4D): tf.Tensor4D {
  const [rows, columns, channels] = [1, 2, 3].map((axis) =>
    Math.max(long.shape[axis] ?? 0, short.shape[axis] ?? 0),
  )
  const fill = (x: tf.Tensor4D): tf.Tensor4D =>
    tf.pad(x, [
      [0, 0],
      [0, (rows ?? 0) - x.shape[1]],
      [0, (columns ?? 0) - x.shape[2]],
      [0, (channels ?? 0) - x.shape[3]],
    ])
  return tf.add(fill(long), fill(short))
}
