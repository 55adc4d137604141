import { ConfigError } from '@our-now/platform/config/config-error.ts'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

export type TlsChoice =
  | { readonly kind: 'none' }
  | { readonly kind: 'self-signed' }
  | { readonly kind: 'files'; readonly certFile: string; readonly keyFile: string }

export interface Arguments {
  readonly port: number
  readonly dataDir: string
  /** The address people type; undefined: this machine only. */
  readonly publicUrl: string | undefined
  /** The address to listen on: loopback unless the product has a public URL. */
  readonly host: string
  readonly tls: TlsChoice
  readonly trustProxy: boolean
  readonly isDemo: boolean
  readonly isHelp: boolean
}

/** A wrong argument, told in one sentence. */
export class ArgumentError extends ConfigError {}

export const usage = `npm start -- [options]

  --port P              port to listen on (8080)
  --data DIR            folder that holds everything (data)
  --public-url URL      the address people will use, e.g. https://192.168.0.20:8080; opens the product to the network
  --tls self-signed     serve HTTPS with a certificate made here (phones ask once whether to trust it)
  --tls CERT KEY        serve HTTPS with these PEM files
  --trust-proxy         a reverse proxy of yours stands in front and tells the clients' addresses
  --host H              address to listen on (127.0.0.1; with --public-url 0.0.0.0)
  --demo                fill an empty data folder with people and rooms to look at
  --help                this text`

/**
 * Reads the command line.
 *
 * @param argv  without the program's own name
 * @param currentDir  what a relative --data is relative to
 * @throws {ArgumentError} with a sentence that says what to type instead
 */
export function parseArguments(argv: readonly string[], currentDir: string): Arguments {
  const { values, positionals } = readOptions(argv)
  const tls = readTls(values.tls, positionals)
  const publicUrl = readPublicUrl(values['public-url'])
  const trustProxy = values['trust-proxy'] ?? false
  if (publicUrl?.startsWith('http:') === true && tls.kind !== 'none')
    throw new ArgumentError(
      '--public-url begins with http: but --tls serves https: write the URL with https.',
    )
  return {
    port: readPort(values.port),
    dataDir: resolve(currentDir, values.data ?? 'data'),
    publicUrl,
    host: values.host ?? (publicUrl === undefined ? '127.0.0.1' : '0.0.0.0'),
    tls,
    trustProxy,
    isDemo: values.demo ?? false,
    isHelp: values.help ?? false,
  }
}

function readOptions(argv: readonly string[]) {
  const parsed = parseOrTell(argv)
  for (const [name, value] of Object.entries(parsed.values))
    if (value === '') throw new ArgumentError(`--${name} needs a value: ${help}`)
  return parsed
}

const unknownOption = 'ERR_PARSE_ARGS_UNKNOWN_OPTION'
const help = 'npm start -- --help shows every option.'

function parseOrTell(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        port: { type: 'string' },
        data: { type: 'string' },
        'public-url': { type: 'string' },
        tls: { type: 'string' },
        'trust-proxy': { type: 'boolean' },
        host: { type: 'string' },
        demo: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    // Node's texts begin with the option in quotes and go on about positional arguments.
    const [, option = 'an option'] = /'(-[^' ]*)/.exec(String(error)) ?? []
    const isUnknown = error instanceof Error && Reflect.get(error, 'code') === unknownOption
    throw new ArgumentError(
      isUnknown ? `${option} is not an option: ${help}` : `${option} is not used like that: ${help}`,
    )
  }
}

function readPort(value: string | undefined): number {
  if (value === undefined) return 8080
  const port = Number(value)
  if (!/^\d+$/.test(value) || port > 65_535)
    throw new ArgumentError(`--port takes a number from 0 to 65535, not "${value}".`)
  return port
}

function readPublicUrl(value: string | undefined): string | undefined {
  if (value === undefined) return undefined
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (
    url === undefined ||
    !['http:', 'https:'].includes(url.protocol) ||
    url.pathname !== '/' ||
    url.search !== '' ||
    url.hash !== ''
  )
    throw new ArgumentError(
      `--public-url takes an address like https://chat.example.org or http://192.168.0.20:8080, not "${value}".`,
    )
  return url.origin
}

function readTls(value: string | undefined, positionals: readonly string[]): TlsChoice {
  const [keyFile, ...rest] = positionals
  if (value !== undefined && value !== 'self-signed') {
    if (keyFile === undefined || rest.length > 0)
      throw new ArgumentError('--tls takes two files, the certificate and its key, or the word self-signed.')
    return { kind: 'files', certFile: value, keyFile }
  }
  if (keyFile !== undefined) throw new ArgumentError(`"${keyFile}" is not an option: ${help}`)
  return value === undefined ? { kind: 'none' } : { kind: 'self-signed' }
}
