/** One member's public cursor going up, as others' unread numbers need it. */
export interface CursorMove {
  readonly userId: string
  readonly joinedSeq: number
  readonly from: number
  readonly to: number
}

/** Up to this many members cursors are told by name; above as a histogram. The contract's limit. */
export const namedCursorLimit = 100
