import type { MediaPlace, MediaProducer, PipeEnd } from '../places/media-place.ts'
import type { Call } from './call.ts'

/** What is sent at one place of a call becomes receivable at another one. */
export interface BringMedia {
  /** Repeating it is harmless. */
  bring(
    call: Call,
    producer: MediaProducer,
    way: { readonly from: MediaPlace; readonly to: MediaPlace },
  ): Promise<void>
  /** The producer has ended: it ends wherever it was brought, and nobody receives it any more. */
  forget(call: Call, producerId: string): void
  /** A place is gone: the pipes to it end. */
  forgetPlace(call: Call, place: MediaPlace): void
}

/** The pipes of one call between places at different nodes, and what went through them or is on its way. */
interface Pipes {
  /** By the ids of both places. One pipe carries both ways. */
  readonly open: Map<string, Promise<Pipe>>
  /** By producer, then by the place that it came out at; the end is absent inside this node. */
  readonly brought: Map<string, Map<string, Promise<PipeEnd | undefined>>>
}
interface Pipe {
  readonly ends: readonly { readonly placeId: string; readonly end: PipeEnd }[]
}

/** Only what somebody wants to receive is brought, once to each place: mediasoup's own pipes inside this node, ours beyond. */
export function createBringMedia(): BringMedia {
  const known = new WeakMap<Call, Pipes>()
  const pipesOf = (call: Call): Pipes => {
    const found = known.get(call) ?? { open: new Map(), brought: new Map() }
    known.set(call, found)
    return found
  }
  function pipeBetween({ open }: Pipes, one: MediaPlace, other: MediaPlace): Promise<Pipe> {
    const key = [one.placeId, other.placeId].toSorted().join(' ')
    const begun = open.get(key) ?? openPipe(one, other)
    open.set(key, begun)
    begun.catch(() => open.delete(key))
    return begun
  }
  async function carry(
    pipes: Pipes,
    producer: MediaProducer,
    { from, to }: { readonly from: MediaPlace; readonly to: MediaPlace },
  ): Promise<PipeEnd | undefined> {
    const producerId = producer.id
    if (from.router !== undefined && to.router !== undefined) {
      await from.router.pipeToRouter({ producerId, router: to.router })
      return undefined
    }
    const pipe = await pipeBetween(pipes, from, to)
    const there = endAt(pipe, to)
    const media = await endAt(pipe, from).send(producerId)
    try {
      await there.take(producerId, media, producer.appData)
    } catch (error) {
      // It may have arrived all the same; the next try begins anew.
      there.drop(producerId)
      throw error
    }
    return there
  }

  return {
    bring: async (call, producer, way) => {
      if (way.from === way.to) return
      const pipes = pipesOf(call)
      const places = pipes.brought.get(producer.id) ?? new Map<string, Promise<PipeEnd | undefined>>()
      pipes.brought.set(producer.id, places)
      let begun = places.get(way.to.placeId)
      if (begun === undefined) {
        begun = carry(pipes, producer, way)
        places.set(way.to.placeId, begun)
        begun.catch(() => places.delete(way.to.placeId))
      }
      await begun
    },
    forget: (call, producerId) => {
      const { brought } = pipesOf(call)
      for (const bringing of brought.get(producerId)?.values() ?? [])
        void bringing.then(
          (end) => end?.drop(producerId),
          () => undefined,
        )
      brought.delete(producerId)
      for (const { consumers } of call.peers.values())
        for (const consumer of consumers.values())
          if (consumer.producerId === producerId) consumers.delete(consumer.id)
    },
    forgetPlace: (call, { placeId }) => {
      const { open, brought } = pipesOf(call)
      for (const [key, opening] of open) {
        if (!key.split(' ').includes(placeId)) continue
        open.delete(key)
        void opening.then(closePipe, () => undefined)
      }
      for (const places of brought.values()) places.delete(placeId)
    },
  }
}

async function openPipe(one: MediaPlace, other: MediaPlace): Promise<Pipe> {
  const ends: { placeId: string; end: PipeEnd }[] = []
  try {
    const here = await one.openPipe()
    ends.push({ placeId: one.placeId, end: here })
    const there = await other.openPipe()
    ends.push({ placeId: other.placeId, end: there })
    await Promise.all([here.connect(there.address), there.connect(here.address)])
  } catch (error) {
    closePipe({ ends })
    throw error
  }
  return { ends }
}

function closePipe({ ends }: Pipe): void {
  for (const { end } of ends) end.close()
}

function endAt({ ends }: Pipe, { placeId }: MediaPlace): PipeEnd {
  const found = ends.find((each) => each.placeId === placeId)
  if (found === undefined) throw new Error('a pipe ends at both its places')
  return found.end
}
