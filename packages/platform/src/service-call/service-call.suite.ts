import type { ServiceApi } from '@our-now/contracts/service-contract.ts'
import { Type } from 'typebox'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { systemClock } from '../clock/clock.ts'
import { AppError } from '../errors/app-error.ts'

/** A small service to call: it echoes, fails in each way, waits, and breaks its word. */
export const suiteContract = {
  echo: {
    summary: 'Answers what it was given and who asked.',
    request: Type.Object({ text: Type.String({ maxLength: 10 }) }, { additionalProperties: false }),
    reply: Type.Object(
      { text: Type.String(), userId: Type.Optional(Type.String()) },
      { additionalProperties: false },
    ),
  },
  refuse: { summary: 'Fails with a code.', request: Type.Object({}), reply: Type.Object({}) },
  crash: { summary: 'Has a bug.', request: Type.Object({}), reply: Type.Object({}) },
  hang: { summary: 'Never answers.', request: Type.Object({}), reply: Type.Object({}) },
  lie: {
    summary: 'Breaks its contract.',
    request: Type.Object({}),
    reply: Type.Object({ n: Type.Number() }),
  },
} as const
type SuiteApi = ServiceApi<typeof suiteContract>

export const suiteApi: SuiteApi = {
  echo: async (context, { text }) => ({
    text,
    ...(context.userId === undefined ? {} : { userId: context.userId }),
  }),
  refuse: async () => {
    throw new AppError('rate_limited', 'Wait a moment.', { retryAfterMs: 1_500 })
  },
  crash: async () => {
    throw new TypeError('secret detail')
  },
  hang: () => new Promise(() => undefined),
  lie: async () => ({ n: 'not a number' }) as never,
}

/** What holds for every way of calling a service. */
export function describeServiceCall(
  name: string,
  open: () => Promise<{ api: SuiteApi; close(): Promise<void> }>,
): void {
  describe(`service call: ${name}`, () => {
    let caller: Awaited<ReturnType<typeof open>>
    beforeEach(async () => {
      caller = await open()
    })
    afterEach(() => caller.close())
    const context = { traceId: 't', userId: 'ada' }

    test('request, context and reply arrive whole', async () => {
      expect(await caller.api.echo(context, { text: '안녕 👋' })).toEqual({ text: '안녕 👋', userId: 'ada' })
    })

    test.each([
      ['a wrong type', { text: 1 }, '/text'],
      ['a missing field', {}, '/text'],
      ['an unknown field', { text: 'a', role: 'operator' }, '/role'],
      ['an oversize field', { text: 'a'.repeat(11) }, '/text'],
    ])('%s is refused with its place', async (_, request, field) => {
      await expect(caller.api.echo(context, request as never)).rejects.toMatchObject({
        code: 'invalid_request',
        field,
      })
    })

    test('a coded failure keeps code, words and wait', async () => {
      await expect(caller.api.refuse(context, {})).rejects.toMatchObject({
        code: 'rate_limited',
        message: 'Wait a moment.',
        retryAfterMs: 1_500,
      })
    })

    test('a bug is told as internal, without its details', async () => {
      const error: unknown = await caller.api.crash(context, {}).catch((caught: unknown) => caught)
      expect(error).toMatchObject({ code: 'internal' })
      expect(String(error)).not.toContain('secret detail')
    })

    test('a reply that breaks the contract is internal', async () => {
      await expect(caller.api.lie(context, {})).rejects.toMatchObject({ code: 'internal' })
    })

    test('a call ends at its deadline with an unknown outcome', async () => {
      const late = { ...context, deadlineAtMs: systemClock.now() + 50 }
      await expect(caller.api.hang(late, {})).rejects.toMatchObject({ code: 'timeout' })
    })
  })
}
