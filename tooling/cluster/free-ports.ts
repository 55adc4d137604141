import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/**
 * Below what systems give to outgoing connections: a member that is down for a moment must find its port free when it
 * comes back.
 */
const lowest = 20_000
const highest = 32_000

/** This many different ports of 127.0.0.1 that were free a moment ago. */
export async function findFreePorts(count: number): Promise<number[]> {
  const found = new Set<number>()
  while (found.size < count) {
    const port = randomInt(lowest, highest)
    if (!found.has(port) && (await isFree(port))) found.add(port)
  }
  return [...found]
}

/** Whether one could listen there now. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
