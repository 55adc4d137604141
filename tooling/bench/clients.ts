import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** Many clients in a process of their own, so that the server's CPU and memory are the server's alone. */
export interface BenchClients {
  /** Deliveries counted since the last time it was asked. */
  takeCount(): Promise<number>
  stop(): Promise<void>
}

/** What the client process is told first. */
export interface ClientOrders {
  readonly url: string
  /** One Socket.IO `auth` payload per client; for plain websockets only their number counts. */
  readonly handshakes: readonly object[]
  readonly protocol: 'ws' | 'socket.io'
  /** Wait for `session:ready` as well. */
  readonly isGateway: boolean
}

/** Connects all clients and resolves when the last one is ready. */
export async function startClients(orders: ClientOrders): Promise<BenchClients> {
  const child: ChildProcess = fork(fileURLToPath(new URL('client-process.ts', import.meta.url)), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const ask = async (message: unknown): Promise<unknown> => {
    const answered = once(child, 'message')
    child.send(Object(message))
    const [answer]: unknown[] = await answered
    return answer
  }
  await ask({ connect: orders })
  return {
    takeCount: async () => Number(await ask({ takeCount: true })),
    stop: async () => {
      const ended = once(child, 'exit')
      child.kill()
      await ended
    },
  }
}
