/**
 * The value below which this part of the values lies.
 *
 * @param sorted  ascending; 0 of none
 * @param part    0 … 1
 * @param digits  behind the point
 */
export function quantile(sorted: readonly number[], part: number, digits = 1): number {
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0
  return Math.round(value * 10 ** digits) / 10 ** digits
}
