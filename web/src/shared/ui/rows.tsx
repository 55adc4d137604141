import { lazy, Suspense, type ReactNode } from 'react'

const VirtualRows = lazy(async () => ({ default: (await import('./virtual-rows.tsx')).VirtualRows }))

/** From here on only the rows on screen are drawn. */
const virtualFrom = 200

/** Many rows or few: the same list. */
export function Rows({ children }: { readonly children: readonly ReactNode[] }) {
  if (children.length <= virtualFrom) return children
  // Until the code is there the first screens are drawn: they are all that can be seen.
  return (
    <Suspense fallback={children.slice(0, 40)}>
      <VirtualRows>{children}</VirtualRows>
    </Suspense>
  )
}
