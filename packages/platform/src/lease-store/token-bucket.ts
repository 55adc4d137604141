export interface Budget {
  /** Tokens that come back each second. */
  readonly perSecond: number
  /** Tokens of a rested bucket: the largest cost that can ever be taken at once. */
  readonly burst: number
}

/** What is left at an instant. */
export interface Bucket {
  readonly tokens: number
  readonly atMs: number
}

/** What a bucket holds now. A clock that went backwards gives nothing. */
export function refilled(bucket: Bucket, { perSecond, burst }: Budget, nowMs: number): number {
  const elapsedMs = Math.max(0, nowMs - bucket.atMs)
  return Math.min(burst, bucket.tokens + (elapsedMs / 1000) * perSecond)
}

/** How long until `cost` is there, in whole ms, at least 1. */
export const waitMs = (tokens: number, cost: number, { perSecond }: Budget): number =>
  Math.max(1, Math.ceil(((cost - tokens) / perSecond) * 1000))
