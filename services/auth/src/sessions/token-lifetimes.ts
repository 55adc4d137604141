/** All in ms. */
export interface TokenLifetimes {
  readonly accessMs: number
  /** A refresh token that is not used ends after this. */
  readonly refreshMs: number
  /** A session ends after this, used or not. */
  readonly sessionMs: number
  /** How long an old refresh token may be repeated while its successor is unused. */
  readonly repeatMs: number
}
