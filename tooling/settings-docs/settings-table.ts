import { AuthProcessSettings } from '../../services/auth/src/config.ts'
import { ChatProcessSettings } from '../../services/chat/src/config.ts'
import { GatewayProcessSettings } from '../../services/gateway/src/config.ts'
import { MediaProcessSettings } from '../../services/media/src/config.ts'
import { PresenceProcessSettings } from '../../services/presence/src/config.ts'
import { VisionProcessSettings } from '../../services/vision/src/config.ts'

/** The part of a settings' schema that is told here. */
interface Settings {
  readonly properties: Readonly<Record<string, object>>
}

/** What each service's process is set up with. */
export const settingsOf = {
  auth: AuthProcessSettings,
  chat: ChatProcessSettings,
  presence: PresenceProcessSettings,
  media: MediaProcessSettings,
  vision: VisionProcessSettings,
  gateway: GatewayProcessSettings,
} as const satisfies Readonly<Record<string, Settings>>

const begin = '<!-- settings: written by npm run docs -->'
const end = '<!-- end of settings -->'

/** Puts the tables of all settings between the two marks of a document. */
export function putSettings(document: string): string {
  const [before, rest] = document.split(begin)
  const after = rest?.split(end)[1]
  if (before === undefined || after === undefined) throw new Error(`the document lacks the mark ${begin}`)
  return `${before}${begin}\n\n${toTables()}\n${end}${after}`
}

function toTables(): string {
  const entries = Object.entries(settingsOf).map(([service, schema]) => ({ service, schema }))
  const isShared = (name: string): boolean => entries.every(({ schema }) => name in schema.properties)
  const [first] = entries
  const shared = first === undefined ? [] : namesOf(first.schema).filter(isShared)
  const sections = [
    { title: 'Of every service', schema: first?.schema, names: shared },
    ...entries.map(({ service, schema }) => ({
      title: `Of ${service}`,
      schema,
      names: namesOf(schema).filter((name) => !isShared(name)),
    })),
  ]
  return sections
    .map(({ title, schema, names }) =>
      [
        `### ${title}`,
        '',
        '| setting | default | values | what |',
        '|---|---|---|---|',
        ...names.map((name) => toRow(name, schema)),
        '',
      ].join('\n'),
    )
    .join('\n')
}

const namesOf = (schema: Settings): string[] => Object.keys(schema.properties)

function toRow(name: string, schema: Settings | undefined): string {
  const property = schema?.properties[name] ?? {}
  const required: unknown = Reflect.get(schema ?? {}, 'required')
  const isRequired = Array.isArray(required) && required.includes(name)
  const fallback = wordOf(property, 'default')
  const shown = fallback === undefined ? (isRequired ? '**required**' : 'none') : `\`${fallback}\``
  const cells = [
    `\`${name}\``,
    fallback === '' ? 'empty' : shown,
    valuesOf(property),
    wordOf(property, 'description') ?? '',
  ]
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}

function valuesOf(property: object): string {
  const type = wordOf(property, 'type')
  if (type !== 'integer' && type !== 'number') return type === 'boolean' ? 'true, false' : 'text'
  const range = `${wordOf(property, 'minimum') ?? ''} to ${wordOf(property, 'maximum') ?? ''}`
  return type === 'integer' ? `whole ${range}` : range
}

function wordOf(property: object, key: string): string | undefined {
  const value: unknown = Reflect.get(property, key)
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}
