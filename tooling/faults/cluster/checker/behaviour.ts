import type { Facts } from './facts.ts'
import type { Violation } from './verdict.ts'

/** Codes that say somebody is not, or not any more, in a room: right when people come and go. */
const accessCodes = new Set([
  'room_not_found',
  'forbidden',
  'not_member',
  'user_not_found',
  'message_not_found',
])
/** After a fault has ended its effects may be felt for so long. */
const echoMs = 15_000

/** S14: what somebody wrote arrives or is refused in the end; no device forgets it on the way. */
export function* findForgotten({ sends, phaseAt }: Facts): Iterable<Violation> {
  const restedAt = phaseAt('quiesced') ?? Infinity
  for (const { client, roomId, id, acks, leftOpenAt } of sends)
    if (acks.length === 0 && leftOpenAt !== undefined && leftOpenAt >= restedAt)
      yield {
        invariant: 'S14',
        t: leftOpenAt,
        sentence: `${client} wrote ${id} in ${roomId}, and at the end it had neither arrived nor been refused`,
      }
}

/** S14: valid requests are refused for good by nobody, and refused for now only while something is broken. */
export function* findWrongRefusals(facts: Facts): Iterable<Violation> {
  const everLeft = new Set(
    facts.final.events
      .filter(({ kind }) => kind === 'member-left')
      .flatMap(({ roomId, subjects }) => subjects.map((userId) => `${roomId} ${userId}`)),
  )
  for (const { client, userId, roomId, id, failure, acks } of facts.sends) {
    if (failure === undefined || failure.isRetryable || acks.length > 0) continue
    if (accessCodes.has(failure.code) && everLeft.has(`${roomId} ${userId}`)) continue
    yield {
      invariant: 'S14',
      t: failure.t,
      sentence: `${client} was refused ${id} in ${roomId} for good: ${failure.code}`,
    }
  }
  for (const { invoke, end } of facts.operations) {
    if (end === undefined || end.type === 'ok' || invoke.f === 'send') continue
    const code = end.code ?? ''
    if (end.isRetryable === true && !isBroken(facts, invoke.t, end.t))
      yield {
        invariant: 'S14',
        t: end.t,
        sentence: `${invoke.client}: ${invoke.f} was answered ${code} though nothing was broken`,
      }
    if (
      ['internal', 'invalid_request', 'unauthenticated'].includes(code) &&
      !(code === 'internal' && isBroken(facts, invoke.t, end.t))
    )
      yield { invariant: 'S14', t: end.t, sentence: `${invoke.client}: ${invoke.f} was answered ${code}` }
  }
}

const isBroken = ({ faults, connections }: Facts, fromMs: number, toMs: number): boolean =>
  faults.some((fault) => fault.fromMs <= toMs && fault.toMs + echoMs >= fromMs) ||
  [...connections.values()].some((lines) =>
    lines.some(({ f, t }) => f === 'disconnected' && t <= toMs && t + echoMs >= fromMs),
  )

/** Pools of four services grow with the load, 10 connections each and more for a moment, and shrink after some seconds. */
const slack = { fds: 40, connections: 60, share: 1.1 }

/** S16: what a process holds goes back to where it was. Only processes that lived through the run are compared. */
export function* findLeaks({ samples, phaseAt, connections }: Facts): Iterable<Violation> {
  // Between services a connection is kept for each request at once, and so many are at once as clients talk.
  const spareFds = slack.fds + connections.size
  const [faultsAt, quietAt] = [phaseAt('faults'), phaseAt('quiesced')]
  if (faultsAt === undefined || quietAt === undefined) return
  for (const name of new Set(samples.map(({ process }) => process))) {
    const own = samples.filter(({ process }) => process === name)
    const wasRestarted = own.some(({ cpuMs }, index) => cpuMs < (own[index - 1]?.cpuMs ?? 0))
    const before = own.filter(({ t }) => t <= faultsAt).at(-1)
    const after = own.filter(({ t }) => t >= quietAt).at(-1)
    if (wasRestarted || before === undefined || after === undefined) continue
    if (after.fds > before.fds * slack.share + spareFds)
      yield { invariant: 'S16', sentence: `${name} had ${before.fds} files open and has ${after.fds}` }
    if ((after.connections ?? 0) > (before.connections ?? 0) * slack.share + slack.connections)
      yield {
        invariant: 'S16',
        sentence: `${name} had ${before.connections} connections and has ${after.connections}`,
      }
  }
}
