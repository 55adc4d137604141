import { createContext, use, useEffect, useMemo, type ReactNode } from 'react'
import { useAppDispatch } from './hooks.ts'
import { watchPresence } from './presence-thunks.ts'

interface PresenceWatch {
  /** Watches these people until the returned function is called. */
  add(userIds: readonly string[]): () => void
}

const PresenceWatchContext = createContext<PresenceWatch | undefined>(undefined)
/** Scrolling changes who is on screen many times a second; the server is told when it settles. */
const settleMs = 200

/** Around the app, once: the socket watches one list of people, this is where all parts of the screen share it. */
export function PresenceWatchProvider({ children }: { readonly children: ReactNode }) {
  const dispatch = useAppDispatch()
  const watch = useMemo(
    () => createPresenceWatch((userIds) => dispatch(watchPresence(userIds)), settleMs),
    [dispatch],
  )
  return <PresenceWatchContext value={watch}>{children}</PresenceWatchContext>
}

/** While this is on screen, the presence of these people is kept up to date in the store. */
export function useWatchPresence(userIds: readonly string[]): void {
  const watch = use(PresenceWatchContext)
  const key = userIds.join(' ')
  useEffect(() => (key === '' ? undefined : watch?.add(key.split(' '))), [watch, key])
}

/** Counts who is watched how often and tells the union after it has settled. */
export function createPresenceWatch(
  tell: (userIds: readonly string[]) => void,
  waitMs: number,
): PresenceWatch {
  const counts = new Map<string, number>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let told = ''
  const settle = () => {
    timer = undefined
    const userIds = [...counts.keys()].sort()
    const next = userIds.join(' ')
    if (next !== told) tell(userIds)
    told = next
  }
  const change = (userIds: readonly string[], by: 1 | -1) => {
    for (const userId of userIds) {
      const count = (counts.get(userId) ?? 0) + by
      if (count > 0) counts.set(userId, count)
      else counts.delete(userId)
    }
    timer ??= setTimeout(settle, waitMs)
  }
  return {
    add(userIds) {
      change(userIds, 1)
      let isActive = true
      return () => {
        if (isActive) change(userIds, -1)
        isActive = false
      }
    },
  }
}
