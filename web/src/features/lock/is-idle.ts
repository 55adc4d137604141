/** Whether nobody has used the device for so many minutes. A clock that was set back counts from the new time on. */
export function isIdle({
  usedAt,
  nowMs,
  minutes,
}: {
  readonly usedAt: number
  readonly nowMs: number
  readonly minutes: number
}): boolean {
  return minutes > 0 && usedAt > 0 && nowMs - usedAt >= minutes * 60_000
}
