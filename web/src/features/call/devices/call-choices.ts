/** What somebody likes in calls, remembered on this device. Ids are the browser's and good only here. */
export interface CallChoices {
  readonly cameraId?: string
  readonly microphoneId?: string
  readonly speakerId?: string
  readonly isMicrophoneOn: boolean
  readonly isCameraOn: boolean
  /** Joins without the look into the mirror. */
  readonly skipsPreview: boolean
}

const storageKey = 'our-now.call-choices'
const atFirst: CallChoices = { isMicrophoneOn: true, isCameraOn: true, skipsPreview: false }

/** What is stored may be of an older version, or somebody's doing: each field counts only as what it should be. */
export function readChoices(storage: Pick<Storage, 'getItem'>): CallChoices {
  try {
    const stored: unknown = JSON.parse(storage.getItem(storageKey) ?? '{}')
    const fields = new Map(typeof stored === 'object' && stored !== null ? Object.entries(stored) : [])
    const flag = (name: 'isMicrophoneOn' | 'isCameraOn' | 'skipsPreview'): boolean =>
      fields.get(name) === !atFirst[name] ? !atFirst[name] : atFirst[name]
    const id = (name: string) => {
      const value: unknown = fields.get(name)
      return typeof value === 'string' && value !== '' ? { [name]: value } : {}
    }
    return {
      ...id('cameraId'),
      ...id('microphoneId'),
      ...id('speakerId'),
      isMicrophoneOn: flag('isMicrophoneOn'),
      isCameraOn: flag('isCameraOn'),
      skipsPreview: flag('skipsPreview'),
    }
  } catch {
    return atFirst
  }
}

export function writeChoices(storage: Pick<Storage, 'setItem'>, choices: CallChoices): void {
  try {
    storage.setItem(storageKey, JSON.stringify(choices))
  } catch {
    // Storage is off: the choices hold until the page is closed.
  }
}
