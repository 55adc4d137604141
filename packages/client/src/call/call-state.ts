import type { MediaSource } from '@our-now/contracts/media.ts'

/** What of somebody else arrives here. */
export interface ReceivedMedia {
  readonly producerId: string
  readonly source: MediaSource
  readonly isPaused: boolean
  /** Absent until it has been set up. */
  readonly track?: MediaStreamTrack
}

/** One other device in the call. */
export interface CallTile {
  readonly peerId: string
  readonly userId: string
  readonly isHandRaised: boolean
  readonly media: readonly ReceivedMedia[]
}

export type CallEnd =
  | 'left'
  | 'replaced'
  | 'removed'
  | 'signal-lost'
  | 'failed'
  | 'declined'
  | 'unanswered'
  | 'ended'
  | 'busy'
  | 'blocked'
  | 'removed-by-host'
  | 'full'
  | 'unavailable'

/** How well media travels: `weak` is heard and seen now and then, `bad` hinders talking. */
export type LinkQuality = 'good' | 'weak' | 'bad'

export interface CallState {
  /** `recovering`: the way to the call broke, it is being joined anew; what was seen last may stay on screen. */
  readonly status: 'joining' | 'joined' | 'recovering' | 'ended'
  /** With `ended`. */
  readonly end?: CallEnd
  readonly tiles: readonly CallTile[]
  /** The device that speaks most; may be one's own. */
  readonly speakerPeerId?: string
  readonly myPeerId?: string
  readonly startedAtMs?: number
  /** What this device sends, and whether it is muted. */
  readonly sent: Readonly<Partial<Record<MediaSource, { readonly isPaused: boolean }>>>
  readonly isHandRaised: boolean
  /** How often the host has turned this microphone off, and asked for it. */
  readonly mutedCount?: number
  readonly muteAskedCount?: number
  /** How well the media of each peer arrives here, and under one's own `myPeerId` how well ours leaves. */
  readonly quality: Readonly<Record<string, LinkQuality>>
}
