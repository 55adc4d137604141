import { expect, test } from 'vitest'
import { createLocalMedia, type LocalMedia } from './local-media.ts'
import type { DeviceKind, DeviceWish, OpenedDevice } from './open-device.ts'

/** A track as far as this code looks at one. */
function aTrack(deviceId: string) {
  const track = Object.assign(new EventTarget(), {
    readyState: 'live',
    getSettings: () => ({ deviceId }),
    stop: () => {
      track.readyState = 'ended'
    },
  })
  return track
}
type Track = ReturnType<typeof aTrack>

/** Devices that can be pulled out, and a way to see which were opened. */
function aDesk() {
  const plugged = new Set(['mic', 'cam'])
  const opened: Track[] = []
  let tell: () => void = () => undefined
  const idOf = (kind: DeviceKind, wish: DeviceWish) =>
    wish.deviceId ?? [...plugged].find((id) => id.startsWith(kind === 'microphone' ? 'mic' : 'cam'))
  return {
    opened,
    plugged,
    tell: () => tell(),
    open: async (kind: DeviceKind, wish: DeviceWish): Promise<OpenedDevice> => {
      const id = idOf(kind, wish)
      if (id === undefined || !plugged.has(id)) return { problem: 'none' }
      const track = aTrack(id)
      opened.push(track)
      /** True as far as the code under test looks. */
      return { track: track as unknown as MediaStreamTrack }
    },
    watchDevices: (onChange: () => void) => {
      tell = onChange
      return () => undefined
    },
  }
}
const choices = { isMicrophoneOn: true, isCameraOn: true, skipsPreview: false }
const settled = () => new Promise((resolve) => setImmediate(resolve))
const camera = (media: LocalMedia) => media.state().camera

test('a voice call leaves the camera alone', async () => {
  const desk = aDesk()
  const media = createLocalMedia({ ...desk, choices, isVideo: false })
  await settled()
  expect(desk.opened).toHaveLength(1)
  expect(media.state()).toMatchObject({ microphone: { deviceId: 'mic' }, camera: { isOn: false } })
})

test('a camera that is turned off is off, its light too; a muted microphone stays open', async () => {
  const desk = aDesk()
  const media = createLocalMedia({ ...desk, choices, isVideo: true })
  await settled()
  const [microphone, first] = desk.opened
  await media.setOn('camera', false)
  await media.setOn('microphone', false)
  expect([microphone?.readyState, first?.readyState]).toEqual(['live', 'ended'])
  await media.setOn('camera', true)
  expect(camera(media).track?.readyState).toBe('live')
})

test('a camera that opens after it was turned off again stays off', async () => {
  const desk = aDesk()
  const media = createLocalMedia({ ...desk, choices: { ...choices, isCameraOn: false }, isVideo: true })
  const opening = media.setOn('camera', true)
  await media.setOn('camera', false)
  await opening
  expect(camera(media).track).toBeUndefined()
  expect(desk.opened.map(({ readyState }) => readyState)).toEqual(['live', 'ended'])
})

test('when a camera is pulled out another one goes on; without one it waits until it is back', async () => {
  const desk = aDesk()
  desk.plugged.add('cam-2')
  const media = createLocalMedia({ ...desk, choices: { ...choices, cameraId: 'cam' }, isVideo: true })
  await settled()
  const pull = async (id: string) => {
    desk.plugged.delete(id)
    desk.opened.at(-1)?.stop()
    desk.opened.at(-1)?.dispatchEvent(new Event('ended'))
    await settled()
  }
  await pull('cam')
  expect(camera(media)).toMatchObject({ isOn: true, deviceId: 'cam-2' })
  await pull('cam-2')
  expect(camera(media)).toEqual({ isOn: true, problem: 'unplugged' })
  desk.plugged.add('cam')
  desk.tell()
  await settled()
  expect(camera(media)).toMatchObject({ isOn: true, deviceId: 'cam' })
})

test('after the end nothing is left open', async () => {
  const desk = aDesk()
  const media = createLocalMedia({ ...desk, choices, isVideo: true })
  media.stop()
  await settled()
  expect(desk.opened.map(({ readyState }) => readyState)).toEqual(['ended', 'ended'])
})
