import { createSlice, type PayloadAction } from '@reduxjs/toolkit'

/** What a person chose for this device. `system` follows the device. */
export interface SettingsSlice {
  readonly theme: 'system' | 'light' | 'dark'
  readonly language: 'system' | 'ko' | 'en'
  /** 0.9 … 1.4 in steps of 0.05. */
  readonly fontScale: number
  readonly isSoundOn: boolean
  /** On: no motion, also when the device would allow it. */
  readonly reducedMotion: boolean
  /** The device locks when nobody has used it for so long; 0: never. */
  readonly lockMinutes: LockMinutes
}

export const lockMinutes = [0, 1, 5, 15, 60] as const
export type LockMinutes = (typeof lockMinutes)[number]

export const fontScaleMin = 0.9
export const fontScaleMax = 1.4
export const fontScaleStep = 0.05

/** The one entry in localStorage; `public/boot-theme.js` reads it before the first paint. */
export const settingsKey = 'our-now.settings'

export const defaultSettings: SettingsSlice = {
  theme: 'system',
  language: 'system',
  fontScale: 1,
  isSoundOn: true,
  reducedMotion: false,
  lockMinutes: 0,
}

const slice = createSlice({
  name: 'settings',
  initialState: defaultSettings,
  reducers: {
    settingsChanged: (state, { payload }: PayloadAction<Partial<SettingsSlice>>): SettingsSlice =>
      toSettings({ ...state, ...payload }),
  },
})

export const { settingsChanged } = slice.actions
export const settingsReducer = slice.reducer

/** Settings from anything: what is missing or makes no sense becomes the default. */
export function toSettings(stored: unknown): SettingsSlice {
  const given: Partial<Record<keyof SettingsSlice, unknown>> =
    typeof stored === 'object' && stored !== null ? stored : {}
  const { theme, language, fontScale, isSoundOn, reducedMotion, lockMinutes: minutes } = given
  return {
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    language: language === 'ko' || language === 'en' ? language : 'system',
    fontScale: toFontScale(fontScale),
    isSoundOn: typeof isSoundOn === 'boolean' ? isSoundOn : defaultSettings.isSoundOn,
    reducedMotion: reducedMotion === true,
    lockMinutes: lockMinutes.find((known) => known === minutes) ?? 0,
  }
}

function toFontScale(value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) return defaultSettings.fontScale
  const stepped = Math.round(value / fontScaleStep) * fontScaleStep
  return Math.min(fontScaleMax, Math.max(fontScaleMin, Number(stepped.toFixed(2))))
}

/** The stored settings; the defaults when there are none or storage is off. */
export function readStoredSettings(storage: Pick<Storage, 'getItem'>): SettingsSlice {
  try {
    return toSettings(JSON.parse(storage.getItem(settingsKey) ?? '{}'))
  } catch {
    return defaultSettings
  }
}
