/** Collects what was started and ends it in reverse order, each thing once, all of them even if one fails. */
export function createStopper(): { push(close: () => Promise<void>): void; stop(): Promise<void> } {
  const closes: (() => Promise<void>)[] = []
  let stopping: Promise<void> | undefined
  const stopAll = async (): Promise<void> => {
    const problems: unknown[] = []
    for (let close = closes.pop(); close !== undefined; close = closes.pop())
      await close().catch((error: unknown) => problems.push(error))
    if (problems.length > 0) throw new AggregateError(problems, 'not everything stopped cleanly')
  }
  return { push: (close) => void closes.push(close), stop: () => (stopping ??= stopAll()) }
}
