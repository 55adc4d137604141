import type { Divider } from './app-state.ts'

/**
 * The "여기까지 읽었습니다" line. It is frozen at entry from the server's cursor, stays while reading, goes with my own
 * send or when I come back to the bottom after having seen it, and is placed anew when an unread run begins after it
 * was passed: while I look away, or while I am scrolled up.
 */
export function enterRoom(at: { readSeq: number; unread: number; isLooking: boolean }): Divider {
  return {
    ...(at.unread > 0 && { afterSeq: at.readSeq }),
    wasSeen: false,
    isOnScreen: false,
    isAtBottom: true,
    isLooking: at.isLooking,
    newBelow: 0,
    unreadAtEntry: at.unread,
  }
}

/** A message of somebody else came at `seq`. */
export function arriveBelow(divider: Divider, seq: number): Divider {
  const newBelow = divider.isAtBottom ? 0 : divider.newBelow + 1
  const isUnseenRun = !divider.isLooking || !divider.isAtBottom
  const isFree = divider.afterSeq === undefined || divider.wasSeen
  if (!isUnseenRun || !isFree) return { ...divider, newBelow }
  return { ...divider, newBelow, afterSeq: seq - 1, wasSeen: false, isOnScreen: false }
}

export function ownMessageSent(divider: Divider): Divider {
  return cleared(divider)
}

/** `isAtBottom`: the newest line is on screen. Back at the bottom after the divider was seen: it has served. */
export function scrolled(divider: Divider, isAtBottom: boolean): Divider {
  if (isAtBottom === divider.isAtBottom) return divider
  const moved = { ...divider, isAtBottom, newBelow: isAtBottom ? 0 : divider.newBelow }
  return isAtBottom && divider.wasSeen ? cleared(moved) : moved
}

/** The divider came on or went off the screen. It counts as seen only while somebody looks. */
export function placeSeen(divider: Divider, isOnScreen: boolean): Divider {
  return { ...divider, isOnScreen, wasSeen: divider.wasSeen || (isOnScreen && divider.isLooking) }
}

export function lookChanged(divider: Divider, isLooking: boolean): Divider {
  return { ...divider, isLooking, wasSeen: divider.wasSeen || (isLooking && divider.isOnScreen) }
}

function cleared(divider: Divider): Divider {
  const { afterSeq: _, ...rest } = divider
  return { ...rest, wasSeen: false, isOnScreen: false }
}
