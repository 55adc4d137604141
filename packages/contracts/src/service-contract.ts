import type { Static, TSchema } from 'typebox'
import type { ErrorCode } from './errors.ts'

/** One operation of a service: what goes in, what comes out, and which codes it may fail with. */
export interface OperationContract {
  readonly summary: string
  readonly request: TSchema
  readonly reply: TSchema
  /** Codes beyond the general ones (invalid_request, unauthenticated, unavailable, timeout, internal …). */
  readonly errors?: readonly ErrorCode[]
  /** The request field whose value chooses the replica (rendezvous hash). */
  readonly key?: string
  /** Asking twice does what asking once does, and is answered alike: reads, and writes under an id of the caller's. */
  readonly isRepeatable?: true
  /** Asked so often that calls to one replica travel together. Only what is repeatable. */
  readonly isBatched?: true
}

export type ServiceContract = Readonly<Record<string, OperationContract>>

/** Who asks, made by the gateway from a verified access token and by nobody else. */
export interface CallContext {
  readonly traceId: string
  /** Absent: an anonymous call (sign-up, sign-in) or one between services. */
  readonly userId?: string
  readonly sessionId?: string
  readonly isOperator?: boolean
  /** The client's address, for throttling. */
  readonly address?: string
  /** After this instant nobody waits for the answer any more. */
  readonly deadlineAtMs?: number
}

/** What a service implements and what its callers hold. */
export type ServiceApi<C extends ServiceContract> = {
  readonly [O in keyof C]: (
    context: CallContext,
    request: Static<C[O]['request']>,
  ) => Promise<Static<C[O]['reply']>>
}
