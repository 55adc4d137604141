import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { ProxyMode } from '../proxy/proxy-mode.ts'
import type { ClientsAnswer, ClientsCommand, RunOrder } from './run-order.ts'

type AnswerOf<K extends ClientsAnswer['kind']> = Extract<ClientsAnswer, { kind: K }>

/** The clients' process, from the runner's side. */
export interface Clients {
  readonly pid: number
  readonly begin: (order: RunOrder) => Promise<AnswerOf<'begun'>>
  readonly silence: () => Promise<AnswerOf<'silent'>>
  readonly compare: (heads: readonly { roomId: string; head: number }[]) => Promise<AnswerOf<'compared'>>
  readonly finish: () => Promise<AnswerOf<'finished'>>
  readonly turn: (door: string, mode: ProxyMode) => void
  /** Ends the process. */
  readonly stop: () => Promise<void>
}

/** Starts the process of the virtual clients. It asks for nothing by itself: one command, one answer. */
export function startClients(): Clients {
  const child = fork(fileURLToPath(new URL('main.ts', import.meta.url)), {
    execArgv: ['--max-old-space-size=2048'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const ended = once(child, 'exit')
  let last: Promise<unknown> = Promise.resolve()

  function ask<K extends ClientsAnswer['kind']>(kind: K, command: ClientsCommand): Promise<AnswerOf<K>> {
    const asked = last.then(async () => {
      child.send(command)
      /** True because the process sends nothing but answers. */
      const [answer] = (await Promise.race([
        once(child, 'message'),
        ended.then(() => [{ kind: 'failed', message: 'the clients’ process ended' }]),
      ])) as [ClientsAnswer]
      if (answer.kind === 'failed') throw new Error(`clients: ${answer.message}`)
      if (answer.kind !== kind) throw new Error(`clients: ${answer.kind} instead of ${kind}`)
      /** True because its kind has just been compared. */
      return answer as AnswerOf<K>
    })
    last = asked.catch(() => undefined)
    return asked
  }

  return {
    pid: child.pid ?? 0,
    begin: (order) => ask('begun', { kind: 'begin', order }),
    silence: () => ask('silent', { kind: 'silence' }),
    compare: (heads) => ask('compared', { kind: 'compare', heads }),
    finish: () => ask('finished', { kind: 'finish' }),
    turn: (door, mode) => void (child.connected && child.send({ kind: 'turn', door, mode })),
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
      await ended
    },
  }
}
