import type { Clock } from '@our-now/platform/clock/clock.ts'
import type { EventLog } from '@our-now/platform/event-log/event-log.ts'
import { openEventLog } from '@our-now/platform/event-log/open-event-log.ts'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestLog } from './test-log.ts'

export interface TestEventLog {
  readonly eventLog: EventLog
  /** Closes the log and removes its folder. */
  close(): Promise<void>
}

/** A real event log in a temporary folder of its own. */
export async function openTestEventLog(clock: Clock): Promise<TestEventLog> {
  const folder = await mkdtemp(join(tmpdir(), 'our-now-events-'))
  const eventLog = await openEventLog(`sqlite:${join(folder, 'events.db')}`, { clock, log: createTestLog() })
  return {
    eventLog,
    close: async () => {
      await eventLog.close()
      await rm(folder, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}
