const settingsPages = [
  'profile',
  'appearance',
  'privacy',
  'devices',
  'password',
  'second-factor',
  'lock',
  'face',
  'operator',
  'call-doctor',
  'about',
] as const

/** A page below 더보기, as its address says it. */
export type SettingsPage = (typeof settingsPages)[number]

export const isSettingsPage = (text: string | undefined): text is SettingsPage =>
  settingsPages.some((page) => page === text)
