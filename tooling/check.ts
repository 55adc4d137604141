import { spawnSync } from 'node:child_process'

/** `npm run check`: everything that can be wrong without running the product. Stops at nothing, fails at the end. */
const node = process.execPath
const checks: readonly (readonly [title: string, args: readonly string[]])[] = [
  ['types of servers and tools', ['node_modules/typescript/bin/tsc', '-p', '.']],
  [
    'types and build of the web client',
    ['node_modules/turbo/bin/turbo', 'run', 'types', 'build', '--output-logs=errors-only'],
  ],
  ['lint', ['node_modules/oxlint/bin/oxlint', '--type-aware', '--deny-warnings']],
  ['format', ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.']],
  ['dead code', ['node_modules/knip/bin/knip.js']],
  [
    'architecture and generated documents',
    ['node_modules/vitest/vitest.mjs', 'run', '--project', 'unit', 'tooling'],
  ],
]

const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' }
const failed: string[] = []
for (const [title, args] of checks) {
  const startedAt = performance.now()
  const { status } = spawnSync(node, args, { stdio: 'inherit', env })
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${title} (${seconds} s)`)
  if (status !== 0) failed.push(title)
}
if (failed.length > 0) console.error(`check failed: ${failed.join(', ')}`)
process.exitCode = failed.length > 0 ? 1 : 0
