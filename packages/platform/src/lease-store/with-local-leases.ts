import { AppError } from '../errors/app-error.ts'
import type { LeaseStore } from './lease-store.ts'

/**
 * A store that goes on by itself while the shared one is away: what it then holds, only this process knows. Right for
 * throttles, where refusing everybody would be worse than counting apart; wrong for presence.
 *
 * @param shared  Closed by its owner.
 * @param local   Closed here.
 */
export function withLocalLeases(shared: LeaseStore, local: LeaseStore): LeaseStore {
  const orLocal = async <T>(ask: (store: LeaseStore) => Promise<T>): Promise<T> => {
    try {
      return await ask(shared)
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'unavailable') throw error
      return ask(local)
    }
  }
  return {
    hold: (...given) => orLocal((store) => store.hold(...given)),
    holdMany: (...given) => orLocal((store) => store.holdMany(...given)),
    claim: (...given) => orLocal((store) => store.claim(...given)),
    release: (...given) => orLocal((store) => store.release(...given)),
    list: (...given) => orLocal((store) => store.list(...given)),
    take: (...given) => orLocal((store) => store.take(...given)),
    close: () => local.close(),
  }
}
