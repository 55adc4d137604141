import type { CallSummary } from '@our-now/contracts/media.ts'
import { createContext, use } from 'react'

/** What the rest of the app may know and ask of calls. */
export interface Calling {
  /** The call that runs in a room, as far as is known. */
  readonly callOf: (roomId: string) => CallSummary | undefined
  /** The room whose call this device is in. */
  readonly myRoomId: string | undefined
  readonly start: (roomId: string, isVideo: boolean) => void
  /** Asks how a room's call is. */
  readonly look: (roomId: string) => void
}

const nobody: Calling = {
  callOf: () => undefined,
  myRoomId: undefined,
  start: () => undefined,
  look: () => undefined,
}
export const CallContext = createContext<Calling>(nobody)
export const useCalling = (): Calling => use(CallContext)
