import { useEffect, useSyncExternalStore } from 'react'
import { useAppSelector } from '../../state/hooks.ts'
import { deviceLock } from './device-lock.ts'
import { isIdle } from './is-idle.ts'

const signs = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const
/** How often the use of the device is noted, and how long it was not is looked at, in ms. */
const noteMs = 5_000

/**
 * Whether this device is locked for who is signed in; locks it when nobody has used it for as long as the settings say.
 *
 * @param isHeld  Somebody uses it without touching it: in a call.
 */
export function useLock(userId: string, isHeld: boolean): boolean {
  const minutes = useAppSelector((state) => state.settings.lockMinutes)
  const isLocked = useSyncExternalStore(deviceLock.subscribe, () => deviceLock.isLocked(userId))
  useEffect(() => {
    if (minutes === 0 || isLocked) return
    const look = () => {
      if (isHeld) deviceLock.noteUsed(Date.now())
      else if (isIdle({ usedAt: deviceLock.usedAt(), nowMs: Date.now(), minutes })) deviceLock.lock(userId)
    }
    const note = () => {
      // Whoever comes back after the time is up does not undo the lock by touching it.
      look()
      if (Date.now() - deviceLock.usedAt() > noteMs) deviceLock.noteUsed(Date.now())
    }
    if (deviceLock.usedAt() === 0) deviceLock.noteUsed(Date.now())
    look()
    const timer = setInterval(look, noteMs)
    document.addEventListener('visibilitychange', look)
    for (const sign of signs) document.addEventListener(sign, note, { passive: true, capture: true })
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
      for (const sign of signs) document.removeEventListener(sign, note, { capture: true })
    }
  }, [minutes, isLocked, isHeld, userId])
  return isLocked
}
