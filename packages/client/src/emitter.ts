/** Listeners by event name. A failing listener is reported and does not keep the others from hearing. */
export interface Emitter<Events> {
  readonly on: <N extends keyof Events>(event: N, handler: (payload: Events[N]) => void) => () => void
  readonly emit: <N extends keyof Events>(event: N, payload: Events[N]) => void
}

export function createEmitter<Events>(): Emitter<Events> {
  const handlers: { [N in keyof Events]?: Set<(payload: Events[N]) => void> } = {}
  return {
    on: (event, handler) => {
      const known = (handlers[event] ??= new Set())
      known.add(handler)
      return () => known.delete(handler)
    },
    emit: (event, payload) => {
      // A listener that is added while this is told hears from the next one on.
      for (const handler of Array.from(handlers[event] ?? [])) {
        try {
          handler(payload)
        } catch (error) {
          // Thrown again where nobody's work is cut off, so that it is seen as the bug it is.
          queueMicrotask(() => {
            throw error
          })
        }
      }
    },
  }
}
