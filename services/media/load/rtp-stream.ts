/** One RTP stream as a browser sends it: numbered, timed, and with a payload whose head is a codec's own. */
export interface RtpStream {
  /** The packets of what is due until now, in ms since the stream began. */
  due(elapsedMs: number): Buffer[]
}

interface StreamOptions {
  readonly ssrc: number
  readonly payloadType: number
}

/** Bytes of a video packet's payload; with all headers below the 1,200 that browsers keep to. */
const videoBytes = 1_100
const framesPerSecond = 30
/** A key frame every so many frames, of so many packets; the others have two. */
const keyEvery = 90
const keyPackets = 11
const deltaPackets = 2
/** Bytes of an Opus packet of 20 ms at 32 kbit/s. */
const soundBytes = 80
const soundMs = 20

/** RFC 3550, section 5.1. */
function toPacket(
  { ssrc, payloadType }: StreamOptions,
  at: { readonly number: number; readonly timestamp: number; readonly isLast: boolean },
  payload: Buffer,
): Buffer {
  const head = Buffer.alloc(12)
  head[0] = 0x80
  head[1] = (at.isLast ? 0x80 : 0) | payloadType
  head.writeUInt16BE(at.number & 0xffff, 2)
  head.writeUInt32BE(at.timestamp >>> 0, 4)
  head.writeUInt32BE(ssrc, 8)
  return Buffer.concat([head, payload])
}

/** Bytes that look like compressed ones. */
const noise = Buffer.from(
  Uint8Array.from({ length: videoBytes }, (_, at) => (at * 197 + (at >> 3) * 31) & 0xff),
)

/** Opus at 32 kbit/s, 50 packets a second (RFC 7587; the first byte: CELT, full band, 20 ms, mono). */
export function createSound(options: StreamOptions): RtpStream {
  let sent = 0
  return {
    due: (elapsedMs) => {
      const packets: Buffer[] = []
      for (; sent * soundMs <= elapsedMs; sent += 1) {
        const payload = Buffer.from(noise.subarray(0, soundBytes))
        payload[0] = 0xf8
        packets.push(toPacket(options, { number: sent, timestamp: sent * 960, isLast: false }, payload))
      }
      return packets
    },
  }
}

/** VP8 at about 0.6 Mbit/s, 30 frames a second, 68 packets a second (RFC 7741). */
export function createVideo(options: StreamOptions): RtpStream {
  let frame = 0
  let number = 0
  return {
    due: (elapsedMs) => {
      const packets: Buffer[] = []
      for (; (frame * 1_000) / framesPerSecond <= elapsedMs; frame += 1) {
        const count = frame % keyEvery === 0 ? keyPackets : deltaPackets
        for (let part = 0; part < count; part += 1)
          packets.push(
            toPacket(
              options,
              { number: number++, timestamp: frame * 3_000, isLast: part === count - 1 },
              toVideoPayload(frame, part === 0),
            ),
          )
      }
      return packets
    },
  }
}

/** A descriptor with a picture id of 15 bits (4.2), then the head of the frame where it begins (4.3, RFC 6386 9.1). */
function toVideoPayload(frame: number, isFirst: boolean): Buffer {
  const payload = Buffer.from(noise)
  payload[0] = 0x80 | (isFirst ? 0x10 : 0)
  payload[1] = 0x80
  payload.writeUInt16BE(0x8000 | (frame & 0x7fff), 2)
  if (!isFirst) return payload
  const isKey = frame % keyEvery === 0
  payload[4] = (isKey ? 0 : 1) | 0x10
  if (isKey) Buffer.from([0x9d, 0x01, 0x2a, 640 & 0xff, 640 >> 8, 360 & 0xff, 360 >> 8]).copy(payload, 7)
  return payload
}
