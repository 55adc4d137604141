import type { Published, SocketHub } from '@our-now/platform/socket-hub/socket-hub.ts'

/** What becomes of one publish: nothing, once, several times, now or later. */
type Fault = (published: Published, deliver: (published: Published) => void) => void

export interface FaultyHub extends SocketHub {
  /** From now on. Undefined: everything arrives as it should. */
  setFault(fault: Fault | undefined): void
  /** Says what a hub says after its own connection broke. */
  disturb(): void
}

/** A real hub whose pushes may be lost, doubled and overtaken. */
export function createFaultyHub(hub: SocketHub): FaultyHub {
  let fault: Fault | undefined
  const listeners: (() => void)[] = []
  const deliver = ({ channel, name, payload }: Published): void => hub.publish(channel, name, payload)
  return {
    publish(channel, name, payload) {
      /** True because name and payload are tied to each other by this method's own type. */
      const published = { channel, name, payload } as Published
      if (fault === undefined) deliver(published)
      else fault(published, deliver)
    },
    attach: (io, route, options) => hub.attach(io, route, options),
    onDisturbed: (listener) => void listeners.push(listener),
    close: () => hub.close(),
    setFault: (next) => {
      fault = next
    },
    disturb: () => {
      for (const listener of listeners) listener()
    },
  }
}
