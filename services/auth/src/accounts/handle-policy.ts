/** Ids that would let somebody pass as the house itself. Compared without dots, hyphens and underscores. */
const reservedHandles = new Set(
  `abuse admin administrator administrators all api anonymous auth bot channel contact deleted everyone gateway guest
  help helpdesk here host hostmaster info me moderator noreply nobody notice null official onofficial operator operators
  ournow ournowofficial owner postmaster presence root security service services settings signin signup staff support
  sys system systems team undefined unknown user webmaster`.split(/\s+/),
)

/** What was typed as an id, as it is stored and compared. */
export function toHandle(typed: string): string {
  return typed.normalize('NFC').trim().toLowerCase()
}

export function isReservedHandle(handle: string): boolean {
  return reservedHandles.has(handle.replaceAll(/[._-]/g, ''))
}
