import type { CallContext, ServiceApi, ServiceContract } from '@our-now/contracts/service-contract.ts'
import type { Clock } from '../clock/clock.ts'
import { AppError } from '../errors/app-error.ts'
import type { Logger } from '../logging/logger.ts'
import { checkValue, firstOffence, isValid } from '../validation/check-value.ts'

/** How long a call may take when its caller names no deadline, in ms. */
export const defaultDeadlineMs = 5_000

export interface GuardDeps {
  readonly log: Logger
  readonly clock: Clock
}

type Operation = (context: CallContext, request: unknown) => Promise<unknown>

/**
 * Puts the contract in front of a service, the same in one process and in many: the request is checked, the call ends
 * at its deadline, the reply is checked, and whatever is thrown leaves as an AppError.
 *
 * @throws {AppError} invalid_request, timeout (the outcome is unknown), internal, or what the service codes
 */
export function guardApi<C extends ServiceContract>(
  contract: C,
  api: ServiceApi<C>,
  deps: GuardDeps,
): ServiceApi<C> {
  const guarded: Record<string, Operation> = {}
  for (const name of Object.keys(contract)) guarded[name] = guardOperation(contract, name, api, deps)
  /** True because every operation of the contract was put there, with its request and reply checked against it. */
  return guarded as ServiceApi<C>
}

function guardOperation<C extends ServiceContract>(
  contract: C,
  name: string,
  api: ServiceApi<C>,
  deps: GuardDeps,
): Operation {
  const operation = contract[name]
  if (operation === undefined) throw new Error(`the contract has no operation ${name}`)
  return async (context, request) => {
    const checked = checkValue(operation.request, request)
    try {
      /** True because `checked` has just been checked against this operation's request schema. */
      const reply = await beforeDeadline(api[name as keyof C](context, checked as never), context, deps.clock)
      if (isValid(operation.reply, reply)) return reply
      deps.log.error(
        { operation: name, field: firstOffence(operation.reply, reply).field },
        'reply breaks its contract',
      )
      throw new AppError('internal')
    } catch (error) {
      if (error instanceof AppError) throw error
      deps.log.error({ err: error, operation: name, traceId: context.traceId }, 'call failed')
      throw new AppError('internal', undefined, { cause: error })
    }
  }
}

async function beforeDeadline<T>(work: Promise<T>, context: CallContext, clock: Clock): Promise<T> {
  const leftMs = context.deadlineAtMs === undefined ? defaultDeadlineMs : context.deadlineAtMs - clock.now()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new AppError('timeout')), Math.max(0, leftMs))
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
