import { useEffect, useRef, type RefObject } from 'react'

/** For the one field of a step that somebody has just chosen: they go on typing. Or for the heading of one to read. */
export function useFirstFocus<E extends HTMLElement = HTMLInputElement>(): RefObject<E | null> {
  const ref = useRef<E>(null)
  useEffect(() => ref.current?.focus(), [])
  return ref
}
