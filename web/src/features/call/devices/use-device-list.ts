import { useEffect, useState } from 'react'

export interface DeviceList {
  readonly cameras: readonly MediaDeviceInfo[]
  readonly microphones: readonly MediaDeviceInfo[]
  /** Empty where the page may not choose: Safari, Firefox before 116. */
  readonly speakers: readonly MediaDeviceInfo[]
}

const none: DeviceList = { cameras: [], microphones: [], speakers: [] }

/** Whether sound can be sent to a loudspeaker of one's choice. */
export const canChooseSpeaker = 'setSinkId' in HTMLMediaElement.prototype

/** What there is to choose from. Names are told only once something has been opened: `opened` changes then. */
export function useDeviceList(opened: string): DeviceList {
  const [list, setList] = useState(none)
  useEffect(() => {
    if (!('mediaDevices' in navigator)) return undefined
    let isGone = false
    const look = async (): Promise<void> => {
      const found = await listDevices()
      if (!isGone) setList(found)
    }
    const onChange = (): void => void look().catch(() => undefined)
    onChange()
    navigator.mediaDevices.addEventListener('devicechange', onChange)
    return () => {
      isGone = true
      navigator.mediaDevices.removeEventListener('devicechange', onChange)
    }
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- what was opened changes what the browser tells
  }, [opened])
  return list
}

async function listDevices(): Promise<DeviceList> {
  const devices = await navigator.mediaDevices.enumerateDevices()
  const of = (kind: MediaDeviceKind) =>
    devices.filter((device) => device.kind === kind && device.deviceId !== '')
  return {
    cameras: of('videoinput'),
    microphones: of('audioinput'),
    speakers: canChooseSpeaker ? of('audiooutput') : [],
  }
}
