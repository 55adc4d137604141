import type { Static, TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { AppError } from '../errors/app-error.ts'

interface Check {
  Check(value: unknown): boolean
  Errors(
    value: unknown,
  ): readonly { instancePath: string; keyword: string; message: string; params: object }[]
}

/** One compiled validator per schema object, made when first needed. */
const compiled = new WeakMap<TSchema, Check>()

function checkOf(schema: TSchema): Check {
  const known = compiled.get(schema)
  if (known !== undefined) return known
  const made: Check = Compile(schema)
  compiled.set(schema, made)
  return made
}

export function isValid<S extends TSchema>(schema: S, value: unknown): value is Static<S> {
  return checkOf(schema).Check(value)
}

/**
 * The value, typed, when it has the form of the schema.
 *
 * @throws {AppError} invalid_request with `field`, the JSON pointer of the first offence
 */
export function checkValue<S extends TSchema>(schema: S, value: unknown): Static<S> {
  if (isValid(schema, value)) return value
  const { field, sentence } = firstOffence(schema, value)
  throw new AppError('invalid_request', sentence, { field })
}

/** Where a value first leaves its schema, without repeating the value itself. */
export function firstOffence(schema: TSchema, value: unknown): { field: string; sentence: string } {
  const [first] = checkOf(schema).Errors(value)
  if (first === undefined) return { field: '', sentence: 'The request does not have the expected form.' }
  const named = namedProperty(first.params)
  const field = named === undefined ? first.instancePath : `${first.instancePath}/${named}`
  return { field, sentence: `${field === '' ? 'The request' : field}: ${first.message}.` }
}

/** `required` and `additionalProperties` tell the property in their parameters, not in the path. */
function namedProperty(params: object): string | undefined {
  for (const key of ['requiredProperties', 'additionalProperties', 'missingProperty', 'additionalProperty']) {
    const told: unknown = Reflect.get(params, key)
    if (typeof told === 'string') return told
    if (Array.isArray(told) && typeof told[0] === 'string') return told[0]
  }
  return undefined
}
