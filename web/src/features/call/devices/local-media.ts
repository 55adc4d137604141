import type { CallChoices } from './call-choices.ts'
import { openDevice, type DeviceKind, type DeviceProblem, type DeviceWish } from './open-device.ts'

interface LocalDevice {
  /** Wanted on. With a problem it is not heard or seen all the same. */
  readonly isOn: boolean
  /** A muted microphone stays open, so that unmuting loses no word; a camera that is off is off, and its light too. */
  readonly track?: MediaStreamTrack
  readonly problem?: DeviceProblem
  readonly deviceId?: string
}

export interface LocalMediaState {
  readonly microphone: LocalDevice
  readonly camera: LocalDevice
}

/** This device's microphone and camera, from the preview to the end of the call. Close it with `stop`. */
export interface LocalMedia {
  readonly state: () => LocalMediaState
  /** Told after every change. Answers how to stop. */
  readonly onChange: (listener: (state: LocalMediaState) => void) => () => void
  /** Turns it on or off. On again is also how to try again after a problem. */
  setOn(kind: DeviceKind, isOn: boolean): Promise<void>
  choose(kind: DeviceKind, deviceId: string): Promise<void>
  /** Phones: the other camera. */
  flipCamera(): Promise<void>
  stop(): void
}

export interface LocalMediaOptions {
  readonly choices: CallChoices
  readonly isVideo: boolean
  readonly open?: typeof openDevice
  /** Tells when devices come or go. Answers how to stop. */
  readonly watchDevices?: (onChange: () => void) => () => void
}

export function createLocalMedia({
  choices,
  isVideo,
  open = openDevice,
  watchDevices = watchMediaDevices,
}: LocalMediaOptions): LocalMedia {
  const listeners = new Set<(state: LocalMediaState) => void>()
  const wishes: Record<DeviceKind, DeviceWish> = {
    microphone: { deviceId: choices.microphoneId },
    camera: { deviceId: choices.cameraId },
  }
  /** Raised by every opening: an older one that is answered late is thrown away. */
  const openings: Record<DeviceKind, number> = { microphone: 0, camera: 0 }
  let isStopped = false
  let state: LocalMediaState = {
    microphone: { isOn: choices.isMicrophoneOn },
    camera: { isOn: isVideo && choices.isCameraOn },
  }
  const change = (kind: DeviceKind, device: LocalDevice): void => {
    state = { ...state, [kind]: device }
    for (const listener of listeners) listener(state)
  }

  async function reopen(kind: DeviceKind): Promise<void> {
    const at = (openings[kind] += 1)
    const old = state[kind].track
    // Many cameras open once only; and a phone has one at a time.
    if (kind === 'camera') old?.stop()
    const opened = await open(kind, wishes[kind])
    const { isOn } = state[kind]
    if (at !== openings[kind] || isStopped || (kind === 'camera' && !isOn)) {
      if ('track' in opened) opened.track.stop()
      return
    }
    if ('problem' in opened) {
      old?.stop()
      change(kind, { isOn, problem: opened.problem })
      return
    }
    const { track } = opened
    const { deviceId } = track.getSettings()
    track.addEventListener('ended', () => onEnded(kind, track))
    change(kind, { isOn, track, ...(deviceId === undefined ? {} : { deviceId }) })
    if (old !== track) old?.stop()
  }
  /** Pulled out, or taken away by the browser: another one goes on in its place. */
  function onEnded(kind: DeviceKind, track: MediaStreamTrack): void {
    if (isStopped || state[kind].track !== track) return
    wishes[kind] = {}
    change(kind, { isOn: state[kind].isOn, problem: 'unplugged' })
    void replace(kind)
  }
  async function replace(kind: DeviceKind): Promise<void> {
    await reopen(kind)
    const { isOn, problem } = state[kind]
    if (problem === 'none') change(kind, { isOn, problem: 'unplugged' })
  }
  const stopWatching = watchDevices(() => {
    for (const kind of ['microphone', 'camera'] as const) {
      const { isOn, problem } = state[kind]
      if (isOn && (problem === 'none' || problem === 'unplugged')) void reopen(kind)
    }
  })
  for (const kind of ['microphone', 'camera'] as const) if (state[kind].isOn) void reopen(kind)

  return {
    state: () => state,
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    setOn: async (kind, isOn) => {
      const { track } = state[kind]
      if (!isOn && kind === 'camera') {
        openings.camera += 1
        change(kind, { isOn })
        track?.stop()
        return
      }
      const { problem: _problem, ...device } = state[kind]
      change(kind, { ...device, isOn })
      if (isOn && track?.readyState !== 'live') await reopen(kind)
    },
    choose: async (kind, deviceId) => {
      wishes[kind] = { deviceId }
      if (kind === 'camera' && !state.camera.isOn) return
      await reopen(kind)
    },
    flipCamera: async () => {
      const now = wishes.camera.facing ?? state.camera.track?.getSettings().facingMode
      wishes.camera = { facing: now === 'environment' ? 'user' : 'environment' }
      if (state.camera.isOn) await reopen('camera')
    },
    stop: () => {
      isStopped = true
      stopWatching()
      listeners.clear()
      state.microphone.track?.stop()
      state.camera.track?.stop()
    },
  }
}

function watchMediaDevices(onChange: () => void): () => void {
  if (!('mediaDevices' in navigator)) return () => undefined
  const { mediaDevices } = navigator
  mediaDevices.addEventListener('devicechange', onChange)
  return () => mediaDevices.removeEventListener('devicechange', onChange)
}
