import { useCallback, useEffect, useState } from 'react'

export type Load<T> =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly value: T }
  | { readonly status: 'failed'; readonly error: unknown }

/**
 * Something that only one screen needs, asked for when it is shown. `load` must stay the same function while it asks for
 * the same (useCallback).
 */
export function useLoad<T>(load: () => Promise<T>): Load<T> & {
  readonly retry: () => void
  /** After a change that the screen made itself. */
  readonly setValue: (value: T) => void
} {
  const [state, setState] = useState<Load<T>>({ status: 'loading' })
  const start = useCallback(() => {
    let isWanted = true
    load().then(
      (value) => isWanted && setState({ status: 'ready', value }),
      (error: unknown) => isWanted && setState({ status: 'failed', error }),
    )
    return () => {
      isWanted = false
    }
  }, [load])
  useEffect(start, [start])
  return {
    ...state,
    retry: () => {
      setState({ status: 'loading' })
      start()
    },
    setValue: (value) => setState({ status: 'ready', value }),
  }
}
