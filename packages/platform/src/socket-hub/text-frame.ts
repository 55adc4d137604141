/** First byte of a final, unfragmented text frame (RFC 6455). */
const finalTextFrame = 0x81
/** Engine.IO's packet type "message", as text. */
const engineMessage = 0x34

/**
 * A Socket.IO packet as it goes over a server's websocket: Engine.IO's `4`, the packet, in one unmasked and
 * uncompressed text frame. The same bytes serve every socket.
 */
export function toTextFrame(packet: string): Buffer {
  const length = 1 + Buffer.byteLength(packet)
  const headerLength = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const frame = Buffer.allocUnsafe(headerLength + length)
  frame[0] = finalTextFrame
  if (headerLength === 2) frame[1] = length
  else if (headerLength === 4) {
    frame[1] = 126
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = 127
    frame.writeBigUInt64BE(BigInt(length), 2)
  }
  frame[headerLength] = engineMessage
  frame.write(packet, headerLength + 1, 'utf8')
  return frame
}
