/**
 * What runs inside a witness's page. Each function is sent there as text, so it may use nothing from outside of itself but
 * the connections that an earlier one left on the page.
 */

declare global {
  /** What a page remembers between two functions. */
  var witnessSender: RTCPeerConnection | undefined
  var witnessReceiver: RTCPeerConnection | undefined
}

/** What a witness has seen since its picture began to arrive. */
export interface Seen {
  readonly framesDecoded: number
  readonly freezes: number
  readonly freezeSeconds: number
  readonly packetsLost: number
  readonly packetsReceived: number
}

/** @returns the offer to send the camera, in VP8 */
export async function offerCamera(): Promise<string> {
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { width: 640, height: 360, frameRate: 30 },
  })
  const [track] = stream.getVideoTracks()
  if (track === undefined) throw new Error('no camera')
  const connection = new RTCPeerConnection()
  const transceiver = connection.addTransceiver(track, { direction: 'sendonly' })
  const codecs = RTCRtpSender.getCapabilities('video')?.codecs ?? []
  transceiver.setCodecPreferences(codecs.filter(({ mimeType }) => mimeType === 'video/VP8'))
  const offer = await connection.createOffer()
  await connection.setLocalDescription(offer)
  globalThis.witnessSender = connection
  return offer.sdp ?? ''
}

export async function acceptAnswer(sdp: string): Promise<void> {
  await globalThis.witnessSender?.setRemoteDescription({ type: 'answer', sdp })
}

/** Shows what is offered. @returns the answer */
export async function answerVideo(sdp: string): Promise<string> {
  const connection = new RTCPeerConnection()
  connection.addEventListener('track', ({ track }) => {
    const video = document.createElement('video')
    video.muted = true
    video.autoplay = true
    video.srcObject = new MediaStream([track])
    document.body.append(video)
  })
  await connection.setRemoteDescription({ type: 'offer', sdp })
  const answer = await connection.createAnswer()
  await connection.setLocalDescription(answer)
  globalThis.witnessReceiver = connection
  return answer.sdp ?? ''
}

export async function lookAtStats(): Promise<Seen> {
  const report = await globalThis.witnessReceiver?.getStats()
  let seen: Seen = { framesDecoded: 0, freezes: 0, freezeSeconds: 0, packetsLost: 0, packetsReceived: 0 }
  report?.forEach((stat: Readonly<Record<string, unknown>>) => {
    if (stat['type'] !== 'inbound-rtp') return
    seen = {
      framesDecoded: Number(stat['framesDecoded'] ?? 0),
      freezes: Number(stat['freezeCount'] ?? 0),
      freezeSeconds: Number(stat['totalFreezesDuration'] ?? 0),
      packetsLost: Number(stat['packetsLost'] ?? 0),
      packetsReceived: Number(stat['packetsReceived'] ?? 0),
    }
  })
  return seen
}
