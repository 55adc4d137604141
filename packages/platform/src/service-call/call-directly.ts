import type { ServiceApi, ServiceContract } from '@our-now/contracts/service-contract.ts'
import { guardApi, type GuardDeps } from './guard-api.ts'

/** Calls to a service of the same process: the object itself behind its guard. */
export function callDirectly<C extends ServiceContract>(
  contract: C,
  api: ServiceApi<C>,
  deps: GuardDeps,
): ServiceApi<C> {
  return guardApi(contract, api, deps)
}
