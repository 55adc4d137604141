import type { CallContext } from '@our-now/contracts/service-contract.ts'
import type { DemoServices } from './open-services.ts'
import { admirations, demoPeople, favourites, friendships } from './people.ts'

/** The people of the demo by handle, as callers. */
export type Cast = ReadonlyMap<string, CallContext & { readonly userId: string }>

/** @throws {Error} for a handle that no person has. */
export function personOf(cast: Cast, handle: string): CallContext & { readonly userId: string } {
  const person = cast.get(handle)
  if (person === undefined) throw new Error(`nobody in the demo is called ${handle}`)
  return person
}

/** Signs everybody up, and out again: no device of theirs is left signed in. */
export async function signUp({ auth, chat }: DemoServices, password: string): Promise<Cast> {
  const cast = new Map<string, CallContext & { readonly userId: string }>()
  for (const { handle, displayName, statusMessage, locale } of demoPeople) {
    const anonymous = { traceId: 'demo' }
    const { account, refreshToken } = await auth.register(anonymous, {
      handle,
      password,
      displayName,
      deviceName: 'Demo',
    })
    const { userId } = account
    const as = { traceId: 'demo', userId }
    await chat.ensureProfile(anonymous, { userId, handle, displayName, locale })
    if (statusMessage !== '') await chat.updateProfile(as, { statusMessage })
    await auth.signOut(anonymous, { refreshToken })
    cast.set(handle, as)
  }
  return cast
}

export async function befriend({ chat }: DemoServices, cast: Cast): Promise<void> {
  const back = friendships.map(([one, other]) => [other, one] as const)
  for (const [one, other] of [...friendships, ...back, ...admirations]) {
    await chat.addFriend(personOf(cast, one), { userId: personOf(cast, other).userId })
  }
  for (const [one, other] of favourites) {
    const { userId } = personOf(cast, other)
    await chat.updateFriend(personOf(cast, one), { userId, isFavourite: true })
  }
}
