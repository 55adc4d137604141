import { errorCodes } from '@our-now/contracts/errors.ts'
import { expect, test } from 'vitest'
import { ClientError } from '../client-error.ts'
import { retryableCodes, toSendOutcome } from './send-outcome.ts'

test('the codes that are tried again equal the contract', () => {
  const theirs = Object.entries(errorCodes).flatMap(([code, { retryable }]) => (retryable ? [code] : []))
  expect([...retryableCodes].toSorted()).toEqual(theirs.toSorted())
})

test('a busy server is given the time that it asks for', () => {
  const busy = new ClientError({ code: 'overloaded', message: '', retryAfterMs: 1_200 })
  expect(toSendOutcome(busy)).toEqual({ kind: 'retry', waitAtLeastMs: 1_200 })
})

test('what would be refused again waits for the person', () => {
  const refused = new ClientError({ code: 'message_too_long', message: '' })
  expect(toSendOutcome(refused)).toEqual({ kind: 'failed', failure: 'message_too_long' })
})
