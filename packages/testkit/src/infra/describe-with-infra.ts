import { afterAll, describe, test } from 'vitest'
import { findInfra, findLack, type InfraKind } from './find-infra.ts'
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
  describeWithout(name, reasons)
}

/**
 * Tests that start servers of this machine themselves, to kill them: as `describeWithInfra`, but neither the environment
 * nor Docker will do.
 */
export function describeWithPrograms(kinds: readonly InfraKind[], name: string, tests: () => void): void {
  const reasons = kinds.flatMap((kind) => {
    const lack = findLack(kind)
    return lack === undefined ? [] : [`${kind}: ${lack} on this machine`]
  })
  if (reasons.length === 0) describe(name, tests)
  else describeWithout(name, reasons)
}

function describeWithout(name: string, reasons: readonly string[]): void {
  const reason = reasons.join('; ')
  describe(name, () => {
    if (process.env.REQUIRE_INFRA === '1')
      test('has the servers that it needs', () => {
        throw new Error(reason)
      })
    else test.skip(`skipped: ${reason}`, () => undefined)
  })
}
