import { useEffect, useRef, type RefObject } from 'react'

/** For the one field of a step that somebody has just chosen: they go on typing. */
export function useFirstFocus(): RefObject<HTMLInputElement | null> {
  const ref = useRef<HTMLInputElement>(null)
  useEffect(() => ref.current?.focus(), [])
  return ref
}
