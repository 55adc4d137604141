export interface Turns {
  /** Runs work of one key one after the other, whoever asks. Work that failed does not stop what follows. */
  inTurn(key: string, work: () => Promise<void>): Promise<void>
  isBusy(): boolean
  /** Resolves when everything that was given up to now has ended. */
  idle(): Promise<void>
}

export function createTurns(): Turns {
  const last = new Map<string, Promise<void>>()
  return {
    inTurn: (key, work) => {
      const mine = (last.get(key) ?? Promise.resolve()).then(work)
      const settled = mine
        .catch(() => undefined)
        .finally(() => {
          if (last.get(key) === settled) last.delete(key)
        })
      last.set(key, settled)
      return mine
    },
    isBusy: () => last.size > 0,
    idle: async () => {
      await Promise.all(last.values())
    },
  }
}
