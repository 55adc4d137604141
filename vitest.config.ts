import { findProgram } from './packages/testkit/src/infra/find-program.ts'
import { defineConfig } from 'vitest/config'

/** On a shared CI machine a late answer is not a wrong one: it gets a second chance there, and nowhere else. */
const retry = process.env['CI'] === undefined ? 0 : 2
const server = { environment: 'node', testTimeout: 20_000, hookTimeout: 30_000, retry } as const

/** One browser at a time: two cores, and what is measured is behaviour, not the machine. */
const browsers = {
  fileParallelism: false,
  maxWorkers: 1,
  testTimeout: 90_000,
  hookTimeout: 90_000,
} as const

/** The services keep their data on MySQL too where there is a server: their tests run once more there. */
const hasMysql = Boolean(process.env['MYSQL_URL']) || findProgram('mariadbd', 'mysqld') !== undefined
if (!hasMysql && process.env['REQUIRE_INFRA'] === '1')
  throw new Error('REQUIRE_INFRA: neither MYSQL_URL nor mariadbd for the services’ tests on MySQL')
if (!hasMysql)
  process.emitWarning('Services are tested on SQLite only: neither MYSQL_URL nor mariadbd is here.')
const servicesOnMysql = {
  test: {
    ...server,
    name: 'mysql',
    include: [
      'services/{auth,chat,presence,vision}/test/**/*.test.ts',
      'packages/platform/src/event-log/{outbox-relay,applied-events}.test.ts',
    ],
    // These are about MySQL alone: once is enough.
    exclude: ['services/chat/test/races/**'],
    globalSetup: './tooling/vitest/mysql-server.ts',
    // Each commit waits for a disk that others use too.
    testTimeout: 60_000,
    env: { TEST_DATABASE: 'mysql' },
  },
}

export default defineConfig({
  test: {
    reporters: ['default', './tooling/vitest/closing-line-reporter.ts'],
    projects: [
      {
        test: {
          ...server,
          name: 'unit',
          include: ['packages/*/src/**/*.test.ts', 'services/*/src/**/*.test.ts', 'tooling/**/*.test.ts'],
          exclude: ['tooling/cluster/test/**', 'tooling/faults/cluster/test/**'],
        },
      },
      {
        test: {
          ...server,
          name: 'service',
          include: ['packages/*/test/**/*.test.ts', 'services/*/test/**/*.test.ts'],
        },
      },
      ...(hasMysql ? [servicesOnMysql] : []),
      { test: { ...server, name: 'web', include: ['web/src/**/*.test.{ts,tsx}', 'web/build/**/*.test.ts'] } },
      {
        test: {
          ...server,
          name: 'cluster',
          include: ['tooling/cluster/test/*.test.ts', 'tooling/faults/cluster/test/*.test.ts'],
          // A cluster is a dozen processes: one at a time, after everything else.
          fileParallelism: false,
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          ...server,
          ...browsers,
          name: 'e2e',
          include: ['web/test/e2e/**/*.e2e.ts'],
          // Where one process is everything no media node can be lost.
          exclude: process.env['E2E_MODE'] === 'cluster' ? [] : ['web/test/e2e/media-node.e2e.ts'],
          // After everything else: a browser that shares two cores with the other tests is late, not wrong.
          sequence: { groupOrder: 1 },
        },
      },
      // What depends most on there being several processes; npm run e2e:cluster runs them all.
      {
        test: {
          ...server,
          ...browsers,
          name: 'e2e-cluster',
          include: [
            'web/test/e2e/{call-lines,call-over-nodes,calls,media-node,offline,sessions,two-people,video-rooms}.e2e.ts',
          ],
          env: { E2E_MODE: 'cluster' },
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
})
