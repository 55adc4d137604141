import type { AuthApi } from '@our-now/contracts/auth.ts'
import type { ChatApi } from '@our-now/contracts/chat.ts'
import type { MediaApi } from '@our-now/contracts/media.ts'
import type { PresenceApi } from '@our-now/contracts/presence.ts'
import type { VisionApi } from '@our-now/contracts/vision.ts'

/** The services below, guarded; in this process or over HTTP. */
export interface Apis {
  readonly auth: AuthApi
  readonly chat: ChatApi
  readonly presence: PresenceApi
  /** Absent: a product without calls. */
  readonly media?: MediaApi
  readonly vision: VisionApi
}
