/** Every draft on this device lies under this name, so that signing out can empty them all. */
const draftPrefix = 'our-now.draft.'

type DraftStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

export interface Drafts {
  load(roomId: string): string
  /** A blank text forgets the draft. A full or forbidden storage is no reason to disturb somebody who writes. */
  save(roomId: string, text: string): void
}

/** What was typed and not sent, per room, on this device only. */
export function createDrafts(storage: DraftStorage | undefined): Drafts {
  return {
    load(roomId) {
      try {
        return storage?.getItem(draftPrefix + roomId) ?? ''
      } catch {
        return ''
      }
    },
    save(roomId, text) {
      try {
        if (text.trim() === '') storage?.removeItem(draftPrefix + roomId)
        else storage?.setItem(draftPrefix + roomId, text)
      } catch {
        // The draft stays in the field; only a reload would lose it.
      }
    },
  }
}

/** Forgets what everybody wrote on this device: call when somebody signs out. */
export function clearDrafts(storage: Pick<Storage, 'length' | 'key' | 'removeItem'>): void {
  const names = Array.from({ length: storage.length }, (_, index) => storage.key(index))
  for (const name of names) if (name?.startsWith(draftPrefix)) storage.removeItem(name)
}
