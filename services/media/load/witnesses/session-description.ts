import type { DtlsParameters, WebRtcTransport } from 'mediasoup/types'

/**
 * Session descriptions (RFC 8866, RFC 8829) of one video stream between a browser and a transport of ours: all that a
 * witness needs, where the product has mediasoup-client.
 */

/** A stream of VP8 as it is numbered on one connection. */
export interface VideoLine {
  readonly payloadType: number
  readonly ssrc: number
}

/** What the browser is told of our side, which waits (ICE-lite) and lets the browser begin DTLS. */
export function describeTransport(
  { iceParameters, iceCandidates, dtlsParameters }: WebRtcTransport,
  { payloadType, ...line }: { readonly payloadType: number; readonly sends?: number },
): string {
  const fingerprint = dtlsParameters.fingerprints.find(({ algorithm }) => algorithm === 'sha-256')
  if (fingerprint === undefined) throw new Error('a transport without a sha-256 fingerprint')
  const candidates = iceCandidates
    .filter(({ protocol }) => protocol === 'udp')
    .map(
      ({ foundation, priority, address, port }) =>
        `a=candidate:${foundation} 1 udp ${priority} ${address} ${port} typ host`,
    )
  const source =
    line.sends === undefined
      ? ['a=recvonly', 'a=setup:passive']
      : ['a=sendonly', 'a=setup:actpass', 'a=msid:witness video', `a=ssrc:${line.sends} cname:witness`]
  return [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    'a=ice-lite',
    'a=group:BUNDLE 0',
    `m=video 7 UDP/TLS/RTP/SAVPF ${payloadType}`,
    'c=IN IP4 127.0.0.1',
    'a=mid:0',
    ...source,
    `a=ice-ufrag:${iceParameters.usernameFragment}`,
    `a=ice-pwd:${iceParameters.password}`,
    `a=fingerprint:sha-256 ${fingerprint.value}`,
    ...candidates,
    'a=end-of-candidates',
    'a=rtcp-mux',
    `a=rtpmap:${payloadType} VP8/90000`,
    ...['goog-remb', 'nack', 'nack pli'].map((feedback) => `a=rtcp-fb:${payloadType} ${feedback}`),
    '',
  ].join('\r\n')
}

/** The browser's half of the handshake; it begins. */
export const readDtls = (description: string): DtlsParameters => ({
  role: 'client',
  fingerprints: [{ algorithm: 'sha-256', value: read(description, /^a=fingerprint:sha-256 (\S+)/m) }],
})

/** The stream that the browser offers to send. */
export const readVideoLine = (description: string): VideoLine => ({
  payloadType: Number(read(description, /^a=rtpmap:(\d+) VP8\/90000/m)),
  ssrc: Number(read(description, /^a=ssrc:(\d+) /m)),
})

function read(description: string, pattern: RegExp): string {
  const found = pattern.exec(description)?.[1]
  if (found === undefined) throw new Error(`the browser's description has no ${pattern.source}`)
  return found
}
