export interface Budget {
  readonly perSecond: number
  readonly burst: number
}

/** What is left of one budget; made when first used. */
export interface Bucket {
  tokens: number
  atMs: number
}

export const createBucket = (budget: Budget, nowMs: number): Bucket => ({ tokens: budget.burst, atMs: nowMs })

/** Takes `cost` and answers 0, or takes nothing and answers the ms after which it would do. */
export function takeFrom(bucket: Bucket, { perSecond, burst }: Budget, nowMs: number, cost = 1): number {
  const elapsedMs = Math.max(0, nowMs - bucket.atMs)
  bucket.tokens = Math.min(burst, bucket.tokens + (elapsedMs * perSecond) / 1000)
  bucket.atMs = nowMs
  if (bucket.tokens >= cost) {
    bucket.tokens -= cost
    return 0
  }
  return Math.ceil(((cost - bucket.tokens) * 1000) / perSecond)
}
