/** As much of Protocol Buffers' wire format as an ONNX file needs: https://protobuf.dev/programming-guides/encoding/ */

/** @param value  A whole number from 0 to 2^53. */
function varint(value: number): Buffer {
  const bytes: number[] = []
  let rest = value
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128)
  return Buffer.from([...bytes, rest])
}

export const numberField = (field: number, value: number): Buffer =>
  Buffer.concat([varint(field * 8), varint(value)])

/** A text, bytes, or a message within. */
export function bytesField(field: number, value: string | Uint8Array): Buffer {
  const bytes = typeof value === 'string' ? Buffer.from(value) : value
  return Buffer.concat([varint(field * 8 + 2), varint(bytes.length), bytes])
}
