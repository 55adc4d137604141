import type { Reply } from '@our-now/contracts/errors.ts'
import type { CallContext } from '@our-now/contracts/service-contract.ts'
import {
  clientEvents,
  type CommandName,
  type CommandReply,
  type CommandRequest,
} from '@our-now/contracts/socket.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import { AppError, toFailure } from '@our-now/platform/errors/app-error.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import { checkValue } from '@our-now/platform/validation/check-value.ts'
import type { TakeShared } from '../budgets/shared-budget.ts'
import { createBucket, takeFrom, type Budget } from '../budgets/token-bucket.ts'
import type { Budgets } from '../budgets/budgets.ts'
import type { NoteCommand } from '../gateway-metrics.ts'
import type { InFlight } from '../in-flight.ts'
import { createTraceId } from '@our-now/platform/telemetry/traceparent.ts'
import type { GatewaySocket } from './connection.ts'
import type { StandStill } from './stand-still.ts'

/** Who commands, and by which socket. */
export interface CommandContext extends CallContext {
  readonly userId: string
  readonly socket: GatewaySocket
}

/** One handler per command of the contract; the compiler names a missing one. */
export type CommandHandlers = {
  readonly [N in CommandName]: (
    context: CommandContext,
    request: CommandRequest<N>,
  ) => Promise<CommandReply<N>>
}

export interface CommandDeps {
  readonly handlers: CommandHandlers
  /** Closes every connection when the process stood still. */
  readonly standStill: Pick<StandStill, 'look'>
  readonly isLagging: (socket: GatewaySocket) => boolean
  readonly takeShared: TakeShared
  readonly budgets: Budgets
  readonly inFlight: InFlight
  readonly noteCommand: NoteCommand
  readonly clock: Clock
  readonly log: Logger
}

/** How long a command may take, in ms: less than clients wait for their acknowledgement. */
const commandMs = 5_000
const laggingRetryMs = 1_000

/** Checks every event of a socket, runs its handler and acknowledges exactly once, whatever happens. */
export function bindCommands(socket: GatewaySocket, deps: CommandDeps): void {
  const answer = async (
    name: string,
    args: readonly unknown[],
    acknowledge: Acknowledge | undefined,
  ): Promise<void> => {
    const startedMs = performance.now()
    const reply = await toReply(() => deps.inFlight.run(() => run(socket, name, args, deps)), deps.log)
    acknowledge?.(reply)
    const outcome = reply.ok ? 'ok' : reply.failure.code
    deps.noteCommand(isCommand(name) ? name : 'unknown', outcome, performance.now() - startedMs)
  }
  socket.onAny((name: string, ...args: unknown[]) => {
    const last = args.at(-1)
    // `answer` does not reject.
    if (isAcknowledge(last)) void answer(name, args.slice(0, -1), last)
    else void answer(name, args, undefined)
  })
}

type Acknowledge = (reply: Reply<unknown>) => void

/** Socket.IO puts a function at the end when the client wants an answer; nothing else of a client can be one. */
const isAcknowledge = (value: unknown): value is Acknowledge => typeof value === 'function'

async function toReply(work: () => Promise<unknown>, log: Logger): Promise<Reply<unknown>> {
  try {
    return { ok: true, value: await work() }
  } catch (error) {
    return { ok: false, failure: toFailure(error, log) }
  }
}

async function run(
  socket: GatewaySocket,
  name: string,
  args: readonly unknown[],
  deps: CommandDeps,
): Promise<unknown> {
  // Said to a gateway that stood still, or before its connections were closed for that: whoever said it has moved on.
  if (deps.standStill.look() || !socket.connected) throw new AppError('unavailable')
  // What it does not read would only wait here.
  if (deps.isLagging(socket)) throw new AppError('overloaded', undefined, { retryAfterMs: laggingRetryMs })
  const nowMs = performance.now()
  takeOwn(socket, 'commands', deps.budgets.socketCommands, nowMs)
  if (!isCommand(name)) throw new AppError('invalid_request', 'There is no such command.')
  if (args.length > 1) throw new AppError('invalid_request', 'A command takes one request.')
  const own = ownBudgets[name]
  if (own !== undefined) takeOwn(socket, own, deps.budgets[own], nowMs)

  // From now on, not from when there is budget: a gateway that stands still meanwhile does nothing after it.
  const deadlineAtMs = deps.clock.now() + commandMs
  const { userId, sessionId, isOperator, address } = socket.data
  await deps.takeShared(`user:${userId}:commands`, deps.budgets.userCommands)
  const request = checkValue(clientEvents[name].request, args[0] ?? {})
  const context = {
    traceId: createTraceId(),
    userId,
    sessionId,
    isOperator,
    address,
    deadlineAtMs,
    socket,
  }
  /** True because the request has just been checked against the schema of this very command. */
  return deps.handlers[name](context, request as never)
}

const isCommand = (name: string): name is CommandName => Object.hasOwn(clientEvents, name)

/** Commands with a budget of their own besides the one for all. */
const ownBudgets: Readonly<
  Partial<Record<CommandName, 'socketSends' | 'socketSyncs' | 'socketTyping' | 'socketJoins'>>
> = {
  'message:send': 'socketSends',
  'room:sync': 'socketSyncs',
  'user:sync': 'socketSyncs',
  'typing:start': 'socketTyping',
  // Each may ring somebody, and leave a line in the room.
  'call:join': 'socketJoins',
}

function takeOwn(socket: GatewaySocket, name: string, budget: Budget, nowMs: number): void {
  const { buckets } = socket.data
  let bucket = buckets.get(name)
  if (bucket === undefined) {
    bucket = createBucket(budget, nowMs)
    buckets.set(name, bucket)
  }
  const retryAfterMs = takeFrom(bucket, budget, nowMs)
  if (retryAfterMs > 0) throw new AppError('rate_limited', undefined, { retryAfterMs })
}
