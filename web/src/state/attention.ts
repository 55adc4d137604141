/** Whether somebody looks at the page: visible and focused. Without a page (tests in Node) nobody does. */
export function isLooking(
  page: Pick<Document, 'visibilityState' | 'hasFocus'> | undefined = pageOrNone(),
): boolean {
  return page !== undefined && page.visibilityState === 'visible' && page.hasFocus()
}

/** Calls `onChange` when attention comes or goes. Answers how to stop. */
export function watchAttention(
  onChange: (isLooking: boolean) => void,
  page: Document = document,
  frame: Window = window,
): () => void {
  let last = isLooking(page)
  const check = () => {
    const now = isLooking(page)
    if (now === last) return
    last = now
    onChange(now)
  }
  page.addEventListener('visibilitychange', check)
  frame.addEventListener('focus', check)
  frame.addEventListener('blur', check)
  return () => {
    page.removeEventListener('visibilitychange', check)
    frame.removeEventListener('focus', check)
    frame.removeEventListener('blur', check)
  }
}

const pageOrNone = () => (typeof document === 'undefined' ? undefined : document)
