import { createHmac } from 'node:crypto'
import { crc32 } from 'node:zlib'

/** What a client's path to a transport is proven with. */
export interface IcePath {
  readonly usernameFragment: string
  readonly password: string
}

const attribute = (type: number, value: Buffer): Buffer => {
  const head = Buffer.alloc(4)
  head.writeUInt16BE(type, 0)
  head.writeUInt16BE(value.length, 2)
  return Buffer.concat([head, value, Buffer.alloc((4 - (value.length % 4)) % 4)])
}

/** A binding request that the transport answers (RFC 8489, sections 5, 14.5 and 14.7; RFC 8445, section 7.1). */
export function bindingRequest({ usernameFragment, password }: IcePath, random: () => number): Buffer {
  const head = Buffer.alloc(20)
  head.writeUInt16BE(0x0001, 0)
  head.writeUInt32BE(0x2112a442, 4)
  for (let at = 8; at < 20; at += 1) head[at] = Math.floor(random() * 256)
  let message = Buffer.concat([
    head,
    attribute(0x0006, Buffer.from(`${usernameFragment}:client`)),
    attribute(0x0024, Buffer.from([0x6e, 0x7f, 0x1e, 0xff])),
    attribute(0x802a, Buffer.alloc(8, 1)),
    attribute(0x0025, Buffer.alloc(0)),
  ])
  // Both checks count with the length that the message has when their own attribute is in it.
  message.writeUInt16BE(message.length - 20 + 24, 2)
  const integrity = createHmac('sha1', password).update(message).digest()
  message = Buffer.concat([message, attribute(0x0008, integrity)])
  message.writeUInt16BE(message.length - 20 + 8, 2)
  const check = Buffer.alloc(4)
  check.writeUInt32BE((crc32(message) ^ 0x5354554e) >>> 0)
  return Buffer.concat([message, attribute(0x8028, check)])
}

/** Whole packets of each kind that a media port gets: DTLS records, RTP, RTCP; STUN is made by `bindingRequest`. */
export const wholePackets: readonly Buffer[] = [
  // DTLS: a ClientHello's record and head, an alert, application data.
  Buffer.from(
    `16feff0000000000000000002f010000230000000000000023fefd${'5a'.repeat(32)}000002c02b0100`,
    'hex',
  ),
  Buffer.from('15feff000000000000000000020228', 'hex'),
  Buffer.from(`17fefd00010000000000010020${'a5'.repeat(32)}`, 'hex'),
  // RTP: plain; with contributing sources, an extension of one-byte elements and padding.
  Buffer.from(`806f000100000001000004579000${'33'.repeat(60)}`, 'hex'),
  Buffer.from(
    `b2e000020000000200000457000000010000000 2bede00021022334410aabbcc${'44'.repeat(40)}04`.replaceAll(
      ' ',
      '',
    ),
    'hex',
  ),
  // RTCP: sender report with a source description, receiver report, NACK, REMB, transport-cc.
  Buffer.from(`80c8000600000457000000010000000200000003000000040000000581ca0002000004570101610000`, 'hex'),
  Buffer.from(`81c900070000045700000457${'00'.repeat(20)}`, 'hex'),
  Buffer.from('81cd00030000045700000457000100ff', 'hex'),
  Buffer.from('8fce0005000004570000000052454d42010a884e00000457', 'hex'),
  Buffer.from('8fcd00050000045700000457000100040000000120040404', 'hex'),
]

/** One packet spoilt: bytes turned over, cut off, repeated, or lengths that promise what is not there. */
export function spoil(packet: Buffer, random: () => number): Buffer {
  const below = (count: number): number => Math.floor(random() * count)
  const spoilt = Buffer.from(packet)
  const flips = below(6)
  for (let flip = 0; flip < flips; flip += 1) spoilt[below(spoilt.length)] = below(256)
  switch (below(5)) {
    case 0:
      return spoilt.subarray(0, below(spoilt.length + 1))
    case 1:
      return Buffer.concat([spoilt, spoilt, Buffer.alloc(below(1_200), below(256))])
    case 2:
      if (spoilt.length > 4) spoilt.writeUInt16BE([0, 1, 0x7fff, 0xffff][below(4)] ?? 0, 2)
      return spoilt
    case 3:
      for (let at = below(spoilt.length); at < spoilt.length; at += 1) spoilt[at] = below(256)
      return spoilt
    default:
      return spoilt
  }
}
