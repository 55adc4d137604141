/**
 * What every service is: `start` opens what it needs and resolves when it can work; `stop` finishes what was begun,
 * closes what `start` opened, and may be called twice.
 */
export interface Service<Api> {
  readonly name: string
  readonly api: Api
  start(): Promise<void>
  stop(): Promise<void>
  /** Whether calls would be answered now; undefined when well, else the reason. */
  unreadyReason(): string | undefined
}
