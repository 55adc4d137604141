import { useEffect } from 'react'

/** Ctrl/Cmd+K opens the switcher; F6 and Shift+F6 go from region to region (`data-region`). */
export function useShortcuts(openSwitcher: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        openSwitcher()
      } else if (event.key === 'F6' && focusNextRegion(event.shiftKey ? -1 : 1)) event.preventDefault()
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [openSwitcher])
}

const focusable =
  'textarea:not([disabled]), input:not([disabled]), button:not([disabled], [tabindex="-1"]), a[href], [tabindex="0"]'

function focusNextRegion(by: 1 | -1): boolean {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')]
  const current = regions.findIndex((region) => region.contains(document.activeElement))
  for (let offset = 1; offset <= regions.length; offset += 1) {
    const index = (current + by * offset + regions.length * 2) % regions.length
    const region = regions[index]
    // In a room the place to write is where one wants to be.
    const target =
      region?.querySelector<HTMLElement>('textarea') ?? region?.querySelector<HTMLElement>(focusable)
    if (target) {
      target.focus()
      return true
    }
  }
  return false
}
