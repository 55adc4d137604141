import { randomBytes } from 'node:crypto'

/** The W3C trace context that travels through calls, the outbox and the event log. */
export interface TraceContext {
  /** 32 hex digits, the same through all services. */
  readonly traceId: string
  /** 16 hex digits: the step that asked. */
  readonly parentId: string
  readonly isSampled: boolean
}

const form = /^(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?$/

export const createTraceId = (): string => randomBytes(16).toString('hex')

/**
 * The header of a new step.
 *
 * @param traceId  The trace it belongs to; a new one when absent or not 32 hex digits.
 */
export function createTraceparent(traceId?: string, isSampled = false): string {
  const id = traceId !== undefined && /^(?!0{32})[0-9a-f]{32}$/.test(traceId) ? traceId : createTraceId()
  return `00-${id}-${randomBytes(8).toString('hex')}-${isSampled ? '01' : '00'}`
}

/** What a header says; undefined when it is not one, as from a stranger. */
export function parseTraceparent(header: string | undefined): TraceContext | undefined {
  const [, traceId = '', parentId = '', flags = '00'] = form.exec(header ?? '') ?? []
  if (traceId === '' || /^0+$/.test(traceId) || /^0+$/.test(parentId)) return undefined
  return { traceId, parentId, isSampled: (Number.parseInt(flags, 16) & 1) === 1 }
}
