import { afterAll, describe, test } from 'vitest'
import { findInfra, type InfraKind } from './find-infra.ts'
import type { InfraServer } from './infra-server.ts'

/** The servers of a `describeWithInfra`; there while its hooks and tests run. */
export type Infra<K extends InfraKind> = { readonly [Kind in K]: InfraServer }

/**
 * Tests that need real servers: `await describeWithInfra(['kafka'], 'event log', (infra) => { … infra.kafka.url … })`.
 * Where one is missing they are skipped, with the reason in the name; under REQUIRE_INFRA=1 they fail with it.
 */
export async function describeWithInfra<K extends InfraKind>(
  kinds: readonly K[],
  name: string,
  tests: (infra: Infra<K>) => void,
): Promise<void> {
  const found = await Promise.all(kinds.map(async (kind) => ({ kind, ...(await findInfra(kind)) })))
  const servers = new Map<InfraKind, InfraServer>()
  for (const one of found) if ('server' in one) servers.set(one.kind, one.server)
  const reasons = found.flatMap((one) => ('reason' in one ? [`${one.kind}: ${one.reason}`] : []))
  /** True because tests run only where every kind was found. */
  const infra = Object.fromEntries(servers) as Infra<K>
  const stopAll = () => Promise.all([...servers.values()].map((server) => server.stop()))

  if (reasons.length === 0) {
    describe(name, () => {
      afterAll(async () => void (await stopAll()))
      tests(infra)
    })
    return
  }
  await stopAll()
  if (process.env.REQUIRE_INFRA === '1')
    describe(name, () => {
      test('has the servers that it needs', () => {
        throw new Error(reasons.join('; '))
      })
    })
  else
    describe(name, () => {
      test.skip(`skipped: ${reasons.join('; ')}`, () => undefined)
    })
}
