import type { ErrorCode } from '@our-now/contracts/errors.ts'

/** To a thread. */
export interface ToThread<Input> {
  readonly jobId: number
  readonly input: Input
}

/** From a thread: first `ready`, then one answer to each job. */
export type FromThread<Hello, Output> =
  | { readonly kind: 'ready'; readonly hello: Hello }
  | { readonly kind: 'done'; readonly jobId: number; readonly output: Output }
  /** Without a code it is a bug: the message is for the log only. */
  | { readonly kind: 'failed'; readonly jobId: number; readonly code?: ErrorCode; readonly message: string }
