import type { Client } from '@our-now/client/client.ts'
import type { ScrollPlace } from './scroll-keeper.ts'

const places = new WeakMap<Client, Map<string, ScrollPlace>>()

/** Where the reader was in each room, as long as the app runs. */
export function placesOf(client: Client): Map<string, ScrollPlace> {
  const known = places.get(client) ?? new Map<string, ScrollPlace>()
  places.set(client, known)
  return known
}
