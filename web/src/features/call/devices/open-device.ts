export type DeviceKind = 'microphone' | 'camera'

/** Why there is no sound or picture: each has words of its own and a way on. */
export type DeviceProblem = 'refused' | 'in-use' | 'none' | 'unplugged' | 'insecure' | 'failed'

export type OpenedDevice = { readonly track: MediaStreamTrack } | { readonly problem: DeviceProblem }

export interface DeviceWish {
  readonly deviceId?: string | undefined
  /** Phones: the camera on the front or on the back. */
  readonly facing?: 'user' | 'environment' | undefined
}

/** Opens one device; the wished one, or else any. The caller stops the track. */
export async function openDevice(kind: DeviceKind, wish: DeviceWish): Promise<OpenedDevice> {
  // Absent on pages that came over plain HTTP.
  if (!('mediaDevices' in navigator)) return { problem: 'insecure' }
  try {
    return { track: await open(kind, wish) }
  } catch (error) {
    const problem = toProblem(error)
    if (wish.deviceId === undefined || problem === 'refused') return { problem }
    // The remembered one is not here today.
    return openDevice(kind, { facing: wish.facing })
  }
}

async function open(kind: DeviceKind, { deviceId, facing }: DeviceWish): Promise<MediaStreamTrack> {
  const which = deviceId === undefined ? {} : { deviceId: { exact: deviceId } }
  const stream = await navigator.mediaDevices.getUserMedia(
    kind === 'microphone'
      ? { audio: { ...which, echoCancellation: true, noiseSuppression: true, autoGainControl: true } }
      : {
          video: {
            ...which,
            ...(facing === undefined ? {} : { facingMode: facing }),
            width: { ideal: 1280 },
            height: { ideal: 720 },
            frameRate: { ideal: 30 },
          },
        },
  )
  const [track] = stream.getTracks()
  if (track === undefined) throw new DOMException('a stream without a track', 'NotFoundError')
  return track
}

/** What the browser's name of a failure means to people. */
function toProblem(error: unknown): DeviceProblem {
  switch (error instanceof Error ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'refused'
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'none'
    case 'NotReadableError':
    case 'AbortError':
      return 'in-use'
    default:
      return 'failed'
  }
}
