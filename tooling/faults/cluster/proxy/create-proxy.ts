import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { startFlow, type Flow } from './flow.ts'
import { passing, type ProxyMode } from './proxy-mode.ts'

export interface Address {
  readonly host: string
  readonly port: number
}

/** A TCP proxy on one edge of the cluster, whose mode can be changed at any time. */
export interface Proxy {
  /** Where the one that connects is to connect instead. */
  readonly address: Address
  readonly mode: () => ProxyMode
  /** Takes effect on established connections and on new ones. */
  readonly turn: (mode: ProxyMode) => void
  /** Established connections. */
  readonly connections: () => number
  /** Cuts everything and stops listening. */
  readonly close: () => Promise<void>
}

interface Link {
  readonly turn: (mode: ProxyMode) => void
  readonly cut: () => void
  /** One side goes, the other is left open and unheard. */
  readonly halve: (dead: 'up' | 'down') => void
}

/** Listens on a free port of loopback (or on this one) and carries every connection to the target. */
export async function createProxy(target: Address, port = 0): Promise<Proxy> {
  const links = new Set<Link>()
  let mode: ProxyMode = passing
  // Half-open sockets stay open: an end of one side is carried over by the flow, not by Node.
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
    if (mode.kind === 'reset') return void near.resetAndDestroy()
    const link = openLink(near, target, mode, () => links.delete(link))
    links.add(link)
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const bound = server.address()
  if (bound === null || typeof bound === 'string') throw new Error('the proxy has no port')

  function turn(next: ProxyMode): void {
    const before = mode
    mode = next
    if (before.kind === 'blackhole' && before.healsBy === 'reset') for (const link of links) link.cut()
    if (next.kind === 'reset') for (const link of links) link.cut()
    if (next.kind === 'half-open') for (const link of links) link.halve(next.dead)
    for (const link of links) link.turn(next)
  }

  return {
    address: { host: '127.0.0.1', port: bound.port },
    mode: () => mode,
    turn,
    connections: () => links.size,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      for (const link of links) link.cut()
      await closed
    },
  }
}

function openLink(near: Socket, target: Address, first: ProxyMode, onGone: () => void): Link {
  const far = connect({ ...target, allowHalfOpen: true, noDelay: true })
  let mode = first
  let isHalved = false
  const flows: Flow[] = []

  function cut(): void {
    for (const flow of flows) flow.stop()
    near.resetAndDestroy()
    far.resetAndDestroy()
    onGone()
  }

  /** A socket is gone: the other learns of it, unless nothing gets through at the moment. */
  function gone(other: Socket): void {
    if (isHalved) {
      if (near.destroyed && far.destroyed) onGone()
      return
    }
    if (mode.kind === 'blackhole') return
    if (other.destroyed) onGone()
    else if (other.writableEnded) other.destroySoon()
    else other.end(() => other.destroySoon())
  }

  flows.push(startFlow({ side: 'up', from: near, to: far, mode, cut }))
  flows.push(startFlow({ side: 'down', from: far, to: near, mode, cut }))
  near.on('error', () => !isHalved && mode.kind !== 'blackhole' && cut())
  far.on('error', () => !isHalved && mode.kind !== 'blackhole' && cut())
  near.on('close', () => gone(far))
  far.on('close', () => gone(near))

  return {
    turn: (next) => {
      mode = next
      if (isHalved) return
      if (next.kind !== 'blackhole' && near.destroyed !== far.destroyed) return cut()
      for (const flow of flows) flow.turn(next)
    },
    cut,
    halve: (dead) => {
      isHalved = true
      for (const flow of flows) flow.stop()
      const [gone, left] = dead === 'up' ? [near, far] : [far, near]
      gone.resetAndDestroy()
      // Whoever is left may talk into the void; only its own end ends it.
      left.resume()
      left.once('end', () => left.destroy())
    },
  }
}
