/**
 * Keys that end by themselves: presence leases, relay ownership, counters for throttling. Embedded: memory;
 * distributed: Redis. Times are the store's clock.
 */
export interface LeaseStore {
  /** Holds or extends `member` under `key` for `ttlMs`. @returns whether the key had no live member before. */
  hold(key: string, member: string, ttlMs: number, value?: string): Promise<{ wasEmpty: boolean }>
  /** As `hold`, many at once, one round trip. */
  holdMany(leases: readonly { key: string; member: string; ttlMs: number; value?: string }[]): Promise<void>
  /**
   * Holds or extends `key` for `member` alone: takes it only while nobody else has it.
   *
   * @returns who has it now and with which value; `member` itself when it was taken
   */
  claim(
    key: string,
    member: string,
    ttlMs: number,
    value?: string,
  ): Promise<{ member: string; value: string | undefined }>
  /** Ends one member. @returns whether the key has no live member left. Repeating it is harmless. */
  release(key: string, member: string): Promise<{ isEmpty: boolean }>
  /** Live members of each key with their values. */
  list(
    keys: readonly string[],
  ): Promise<ReadonlyMap<string, readonly { member: string; value: string | undefined }[]>>
  /**
   * Counts against a budget: a token bucket of `burst` refilled at `perSecond`.
   *
   * @returns 0 when `cost` was taken, else the ms to wait; then nothing was taken.
   */
  take(key: string, budget: { perSecond: number; burst: number }, cost?: number): Promise<number>
  close(): Promise<void>
}
