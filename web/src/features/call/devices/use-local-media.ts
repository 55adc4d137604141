import { useSyncExternalStore } from 'react'
import type { LocalMedia, LocalMediaState } from './local-media.ts'

export const useLocalMedia = (media: LocalMedia): LocalMediaState =>
  useSyncExternalStore(media.onChange, media.state)
