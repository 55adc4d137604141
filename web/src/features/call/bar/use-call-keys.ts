import { useEffect, useEffectEvent, type RefObject } from 'react'

/** What keys do in a call; the same list is shown to people. */
export const callKeys = { microphone: 'M', camera: 'V', hand: 'H', share: 'S', fullScreen: 'F' } as const

export interface CallKeyActions {
  readonly microphone: () => void
  readonly camera: () => void
  readonly hand: () => void
  readonly share: () => void
  readonly fullScreen: () => void
  /** Escape; undefined: leave it to others. */
  readonly shrink: (() => void) | undefined
}

const actionOf: Readonly<Record<string, keyof typeof callKeys>> = {
  KeyM: 'microphone',
  KeyV: 'camera',
  // Where other calls have it.
  KeyC: 'camera',
  KeyH: 'hand',
  KeyS: 'share',
  KeyF: 'fullScreen',
}

/**
 * Single keys, by their place on the keyboard, so that they work with a Korean layout too; never while one writes. Beside
 * a talk they count inside the call alone, where it covers everything anywhere.
 */
export function useCallKeys(
  actions: CallKeyActions,
  { scope, isEverywhere }: { readonly scope: RefObject<HTMLElement | null>; readonly isEverywhere: boolean },
): void {
  const onKey = useEffectEvent((event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.defaultPrevented) return
    if (isForSomethingElse(event.target)) return
    if (!isEverywhere && !(event.target instanceof Node && scope.current?.contains(event.target))) return
    if (event.key === 'Escape') return actions.shrink?.()
    const action = actionOf[event.code]
    if (action === undefined) return
    event.preventDefault()
    actions[action]()
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => onKey(event)
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [])
}

/** Whether somebody writes, or has a dialog or a menu open. */
function isForSomethingElse(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return (
    target.isContentEditable ||
    target.closest('input, textarea, select, [role="dialog"], [role="menu"]') !== null
  )
}
