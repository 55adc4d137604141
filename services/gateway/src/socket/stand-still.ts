/** Longest time that the process may stand still, in ms: clients give a silent line up after 6 s and come back elsewhere. */
const stillMs = 4_000
const lookMs = 500

export interface StandStill {
  /** Whether it has just gone on after standing still: what has arrived meanwhile was said to somebody who was not there. */
  look(): boolean
  start(): void
  stop(): void
}

/**
 * Notices that the process was stopped, or its machine frozen. Its sockets then hold commands of people who have long been
 * answered by another gateway; carried out now they would come after what those people did since (S6 of the fault runs).
 *
 * @param onGoesOn  Called once each time, before anything that waited is carried out; with how long it stood still, in ms.
 */
export function createStandStill(
  onGoesOn: (stoodMs: number) => void,
  now: () => number = () => performance.now(),
): StandStill {
  let lastMs = now()
  let timer: NodeJS.Timeout | undefined
  const look = (): boolean => {
    const stoodMs = now() - lastMs
    lastMs += stoodMs
    if (stoodMs < stillMs) return false
    onGoesOn(stoodMs)
    return true
  }
  return {
    look,
    start: () => {
      lastMs = now()
      timer = setInterval(look, lookMs).unref()
    },
    stop: () => clearInterval(timer),
  }
}
