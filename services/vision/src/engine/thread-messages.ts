import type { ErrorCode } from '@our-now/contracts/errors.ts'
import type { AnalyseOptions, FaceAnalysis, FaceEngine } from './face-engine.ts'

/** To a thread. One at a time. */
export interface Task {
  readonly id: number
  readonly file: Uint8Array
  readonly options: Pick<AnalyseOptions, 'kind' | 'isEmbedded'>
}

/** From a thread: first `ready` or `unusable`, then one answer to each task. */
export type ThreadMessage =
  | { readonly kind: 'ready'; readonly backends: FaceEngine['backends'] }
  | { readonly kind: 'unusable'; readonly reason: string }
  | { readonly kind: 'done'; readonly id: number; readonly analysis: FaceAnalysis }
  /** Without a code it is a bug. */
  | { readonly kind: 'refused'; readonly id: number; readonly code: ErrorCode | undefined; readonly reason: string }
