import type { CommandReply } from '@our-now/contracts/socket.ts'
import type { Client } from '../client.ts'
import { alongPath } from './call-path.ts'

export interface ProbedPath {
  /** `absent`: the server has no relay. */
  readonly outcome: 'works' | 'fails' | 'absent'
  readonly roundTripMs?: number
  /** Where the server says it is reached. */
  readonly addresses: readonly string[]
}

/** How long a path may take to come about, in ms. */
const patienceMs = 8_000

/**
 * Opens a path to the media server in one way alone, up to the encrypted handshake, and closes it.
 *
 * @throws {ClientError} when the server cannot be asked or has no calls
 */
export async function probePath(
  client: Pick<Client, 'command'>,
  path: 'udp' | 'tcp' | 'relay',
): Promise<ProbedPath> {
  const connection = new RTCPeerConnection()
  try {
    connection.createDataChannel('probe')
    const mine = await connection.createOffer()
    const [, algorithm = '', value = ''] = /^a=fingerprint:(\S+) (\S+)/m.exec(mine.sdp ?? '') ?? []
    const { offer, iceServers } = await client.command('call:probe', {
      dtlsParameters: { role: 'client', fingerprints: [{ algorithm, value }] },
    })
    const addresses = [...new Set(offer.iceCandidates.map(({ address }) => address))]
    if (path === 'relay' && iceServers.length === 0) return { outcome: 'absent', addresses }
    connection.setConfiguration({
      iceServers,
      iceTransportPolicy: path === 'relay' ? 'relay' : 'all',
    })
    await connection.setLocalDescription(mine)
    await connection.setRemoteDescription({ type: 'answer', sdp: toAnswer(alongPath(offer, path)) })
    if (!(await connects(connection))) return { outcome: 'fails', addresses }
    const roundTripMs = await roundTrip(connection)
    return { outcome: 'works', addresses, ...(roundTripMs === undefined ? {} : { roundTripMs }) }
  } finally {
    connection.close()
  }
}

function connects(connection: RTCPeerConnection): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), patienceMs)
    connection.addEventListener('connectionstatechange', () => {
      if (connection.connectionState !== 'connected' && connection.connectionState !== 'failed') return
      clearTimeout(timer)
      resolve(connection.connectionState === 'connected')
    })
  })
}

async function roundTrip(connection: RTCPeerConnection): Promise<number | undefined> {
  const times: number[] = []
  const report = await connection.getStats()
  report.forEach((stat: Readonly<Record<string, unknown>>) => {
    const seconds = stat['currentRoundTripTime']
    if (stat['type'] === 'candidate-pair' && stat['state'] === 'succeeded' && typeof seconds === 'number')
      times.push(seconds * 1_000)
  })
  return times.length === 0 ? undefined : Math.min(...times)
}

/** The server's side of the handshake, as a browser reads it: RFC 8829 and 8841. */
export function toAnswer({
  iceParameters,
  iceCandidates,
  dtlsParameters,
}: CommandReply<'call:probe'>['offer']): string {
  const fingerprint = dtlsParameters.fingerprints.find(({ algorithm }) => algorithm === 'sha-256')
  const candidates = iceCandidates.map(
    ({ foundation, protocol, priority, address, port, tcpType }) =>
      `a=candidate:${foundation} 1 ${protocol} ${priority} ${address} ${port} typ host` +
      (tcpType === undefined ? '' : ` tcptype ${tcpType}`),
  )
  return [
    'v=0',
    'o=- 1 1 IN IP4 0.0.0.0',
    's=-',
    't=0 0',
    'a=ice-lite',
    'a=group:BUNDLE 0',
    'm=application 7 UDP/DTLS/SCTP webrtc-datachannel',
    'c=IN IP4 0.0.0.0',
    'a=mid:0',
    `a=ice-ufrag:${iceParameters.usernameFragment}`,
    `a=ice-pwd:${iceParameters.password}`,
    ...candidates,
    'a=end-of-candidates',
    `a=fingerprint:sha-256 ${fingerprint?.value ?? ''}`,
    'a=setup:passive',
    'a=sctp-port:5000',
    'a=max-message-size:262144',
    '',
  ].join('\r\n')
}
