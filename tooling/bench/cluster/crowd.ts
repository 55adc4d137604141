import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export interface CrowdOrders {
  readonly url: string
  readonly count: number
  readonly prefix: string
}

/** Real clients in a process of their own, who only listen. */
export interface Crowd {
  readonly userIds: readonly string[]
  /** Follow these rooms from here: one list per client, in the order of `userIds`. */
  follow(rooms: readonly (readonly { readonly roomId: string; readonly have: number }[])[]): Promise<void>
  /** Per client: the instant (ms since the epoch) when it was online and had all of these heads; NaN: not within the time. */
  whenComplete(heads: Readonly<Record<string, number>>, withinMs: number): Promise<readonly number[]>
  stop(): Promise<void>
}

export async function startCrowd(orders: CrowdOrders): Promise<Crowd> {
  const child: ChildProcess = fork(fileURLToPath(new URL('crowd-process.ts', import.meta.url)), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const ask = async <A>(message: object): Promise<A> => {
    const answered = once(child, 'message')
    child.send(message)
    /** True because the crowd's process answers each question in turn with what it was asked for. */
    const [answer] = (await answered) as [A]
    return answer
  }
  const userIds = await ask<string[]>({ connect: orders })
  return {
    userIds,
    follow: async (rooms) => void (await ask({ follow: rooms })),
    whenComplete: async (heads, withinMs) =>
      (await ask<(number | null)[]>({ complete: { heads, withinMs } })).map((at) => at ?? Number.NaN),
    stop: async () => {
      const ended = once(child, 'exit')
      child.kill()
      await ended
    },
  }
}
