import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Type, type Static, type TSchema } from 'typebox'
import { Value } from 'typebox/value'

export interface Sinks {
  /** Where each subscriber receives. */
  readonly ports: readonly number[]
  /** RTP packets that have arrived so far, at all of them. */
  count(): Promise<number>
  close(): void
}

const Opened = Type.Object({ ports: Type.Array(Type.Integer()) })
const Counted = Type.Object({ packets: Type.Integer() })

/** Sockets for so many subscribers in a process of their own, so that receiving takes nothing from sending. */
export async function startSinks(count: number): Promise<Sinks> {
  const child = fork(fileURLToPath(new URL('sinks.ts', import.meta.url)))
  const ask = async <S extends TSchema>(question: object | string, answer: S): Promise<Static<S>> => {
    const answered = once(child, 'message')
    child.send(question)
    const [value]: unknown[] = await answered
    return Value.Parse(answer, value)
  }
  const { ports } = await ask({ open: count }, Opened)
  return {
    ports,
    count: async () => (await ask('count', Counted)).packets,
    close: () => child.disconnect(),
  }
}
