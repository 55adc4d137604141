import type { CallState, LinkQuality } from '@our-now/client/call/call-state.ts'
import type { LocalMediaState } from '../devices/local-media.ts'

/** One tile: somebody, or the screen somebody shares. */
export interface CallPart {
  readonly key: string
  readonly peerId: string | undefined
  readonly kind: 'person' | 'screen'
  readonly person: { readonly userId: string; readonly displayName: string }
  readonly isOwn: boolean
  /** Absent when there is no picture, or none yet. */
  readonly video?: MediaStreamTrack | undefined
  /** Whose rest or size the server is told; absent for one's own. */
  readonly producerId?: string | undefined
  readonly isMuted: boolean
  readonly isHandRaised: boolean
  readonly isSpeaking: boolean
  readonly quality: LinkQuality
}

export interface PartsOptions {
  readonly state: CallState
  readonly local: LocalMediaState
  readonly ownScreen: MediaStreamTrack | undefined
  readonly me: CallPart['person']
  readonly nameOf: (userId: string) => string
}

/** Everything there is to see, others before oneself, a screen before the one who shares it. */
export function toParts({ state, local, ownScreen, me, nameOf }: PartsOptions): readonly CallPart[] {
  const others = state.tiles.flatMap((tile): CallPart[] => {
    const find = (source: string) => tile.media.find((each) => each.source === source)
    const [camera, screen, microphone] = [find('camera'), find('screen'), find('microphone')]
    const common = {
      peerId: tile.peerId,
      person: { userId: tile.userId, displayName: nameOf(tile.userId) },
      isOwn: false,
      quality: state.quality[tile.peerId] ?? 'good',
    }
    const isCameraOn = camera?.isPaused === false
    const person: CallPart = {
      ...common,
      key: tile.peerId,
      kind: 'person',
      video: isCameraOn ? camera.track : undefined,
      producerId: isCameraOn ? camera.producerId : undefined,
      isMuted: microphone?.isPaused !== false,
      isHandRaised: tile.isHandRaised,
      isSpeaking: state.speakerPeerId === tile.peerId && microphone?.isPaused === false,
    }
    if (screen === undefined) return [person]
    const shared: CallPart = { ...person, ...toScreen(`${tile.peerId}:screen`, screen.track) }
    return [{ ...shared, producerId: screen.producerId }, person]
  })
  const own: CallPart = {
    key: 'me',
    peerId: state.myPeerId,
    kind: 'person',
    person: me,
    isOwn: true,
    video: local.camera.isOn ? local.camera.track : undefined,
    isMuted: !local.microphone.isOn || local.microphone.track === undefined,
    isHandRaised: state.isHandRaised,
    isSpeaking: state.speakerPeerId === state.myPeerId && local.microphone.isOn,
    quality: (state.myPeerId === undefined ? undefined : state.quality[state.myPeerId]) ?? 'good',
  }
  const ownShared = ownScreen === undefined ? [] : [{ ...own, ...toScreen('me:screen', ownScreen) }]
  return [...others, ...ownShared, own]
}

const toScreen = (key: string, video: MediaStreamTrack | undefined) =>
  ({ key, kind: 'screen', video, isMuted: false, isHandRaised: false, isSpeaking: false }) as const

export type CallLayout = 'auto' | 'grid' | 'spotlight'

/**
 * What is shown large: what one pinned, else a screen that somebody else shares, else in the spotlight whoever speaks.
 * Undefined: everybody alike.
 */
export function mainPartOf(
  parts: readonly CallPart[],
  {
    layout,
    pinnedKey,
    speakerPeerId,
  }: {
    readonly layout: CallLayout
    readonly pinnedKey: string | undefined
    readonly speakerPeerId: string | undefined
  },
): CallPart | undefined {
  const pinned = parts.find(({ key }) => key === pinnedKey)
  if (pinned !== undefined) return pinned
  if (layout === 'grid') return undefined
  const screen = parts.find(({ kind, isOwn }) => kind === 'screen' && !isOwn)
  if (screen !== undefined) return screen
  if (layout === 'auto') return undefined
  const others = parts.filter(({ isOwn }) => !isOwn)
  return others.find(({ peerId }) => peerId === speakerPeerId) ?? others[0]
}
