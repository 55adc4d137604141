import type { Static, TObject, TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { isValid } from '../validation/check-value.ts'
import { ConfigError } from './config-error.ts'

type CamelCase<S extends string> = S extends `${infer Head}_${infer Tail}`
  ? `${Lowercase<Head>}${Capitalize<CamelCase<Tail>>}`
  : Lowercase<S>

/** `CHAT_LANE_COUNT` becomes `chatLaneCount`. */
export type Config<T extends TObject> = {
  readonly [K in keyof Static<T> & string as CamelCase<K>]: Static<T>[K]
}

/**
 * Reads settings from the environment by a schema whose property names are the variables' names. Missing ones take
 * the schema's `default`; numbers and booleans are converted from text.
 *
 * @throws {ConfigError} listing every wrong setting by name, never by value
 */
export function loadConfig<T extends TObject>(
  schema: T,
  env: Readonly<Record<string, string | undefined>>,
): Config<T> {
  const config: Record<string, unknown> = {}
  const problems: string[] = []
  for (const [name, property] of Object.entries<TSchema>(schema.properties)) {
    const text = env[name] === '' ? undefined : env[name]
    const value = text === undefined ? Reflect.get(property, 'default') : Value.Convert(property, text)
    if (value === undefined && !isRequired(schema, name)) continue
    if (isValid(property, value)) config[toCamelCase(name)] = value
    else problems.push(`${name} ${value === undefined ? 'is missing' : 'is not usable'}${describe(property)}`)
  }
  if (problems.length > 0) throw new ConfigError(`Settings: ${problems.join('; ')}.`)
  /** True because every property of the schema was put there under its camelCase name and checked. */
  return Object.freeze(config) as Config<T>
}

const isRequired = (schema: TObject, name: string): boolean => {
  const required: unknown = Reflect.get(schema, 'required')
  return Array.isArray(required) && required.includes(name)
}

const describe = (property: TSchema): string => {
  const description: unknown = Reflect.get(property, 'description')
  return typeof description === 'string' ? ` (${description})` : ''
}

const toCamelCase = (name: string): string =>
  name.toLowerCase().replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
