import type { Reporter, TestModule } from 'vitest/node'

/** Prints `N passed, N failed, N skipped` alone on the last line, for whoever reads only that. */
export default class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const counts = { passed: 0, failed: 0, skipped: 0 }
    for (const module of modules) {
      if (module.state() === 'failed' && [...module.children.allTests('failed')].length === 0)
        counts.failed += 1
      for (const test of module.children.allTests()) {
        const state = test.result().state
        counts[state === 'passed' || state === 'failed' ? state : 'skipped'] += 1
      }
    }
    counts.failed += unhandledErrors.length
    // After the other reporters, which print in the same event.
    process.once('exit', () =>
      process.stdout.write(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`),
    )
  }
}
