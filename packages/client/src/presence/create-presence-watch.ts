import type { PresenceState } from '@our-now/contracts/presence.ts'
import type { Connection } from '../connection/create-connection.ts'

/** The contract's bound: the friends that fit on a screen, generously. */
const maxWatched = 200
const settleMs = 200

export interface PresenceWatchDeps {
  readonly isOnline: () => boolean
  readonly command: Connection['command']
  readonly onState: (state: PresenceState) => void
}

export interface PresenceWatch {
  readonly watch: (userIds: readonly string[]) => void
  readonly setVisible: (isVisible: boolean) => void
  /** A connection is ready: says both again. */
  readonly resume: () => void
  readonly clear: () => void
}

/** Whose presence is shown, and whether I am at the screen myself. Told again on every connection. */
export function createPresenceWatch({ isOnline, command, onState }: PresenceWatchDeps): PresenceWatch {
  let watched: readonly string[] = []
  let isVisible = true
  let timer: ReturnType<typeof setTimeout> | undefined

  async function tellWatched(): Promise<void> {
    const asked = watched
    // Presence is a courtesy: what fails is asked again with the next screen or connection.
    const reply = await command('presence:watch', { userIds: [...asked] }).catch(() => undefined)
    if (reply && asked === watched) reply.states.forEach(onState)
  }

  const tellVisible = () => void command('presence:set-visible', { isVisible }).catch(() => undefined)

  return {
    watch: (userIds) => {
      const next = [...new Set(userIds)].slice(0, maxWatched)
      if (next.length === watched.length && next.every((userId, index) => userId === watched[index])) return
      watched = next
      clearTimeout(timer)
      // Scrolling changes who is on screen many times a second.
      timer = setTimeout(() => {
        if (isOnline()) void tellWatched()
      }, settleMs)
    },
    setVisible: (next) => {
      if (next === isVisible) return
      isVisible = next
      if (isOnline()) tellVisible()
    },
    resume: () => {
      tellVisible()
      if (watched.length > 0) void tellWatched()
    },
    clear: () => {
      clearTimeout(timer)
      watched = []
    },
  }
}
