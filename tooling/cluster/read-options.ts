import { ConfigError } from '@our-now/platform/config/config-error.ts'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

export interface RunOptions {
  /** Where the balancer listens. */
  readonly port: number
  readonly dataDir: string
  readonly gateways: number
  readonly chats: number
  readonly medias: number
  readonly isHelp: boolean
}

export const usage = `npm run cluster -- [options]

  --port P        port of this machine to open in the browser (8080)
  --data DIR      folder that holds everything (data/cluster)
  --gateways N    gateway processes, 1 to 8 (2)
  --chats N       chat processes, 1 to 8 (2)
  --medias N      media processes for calls, 0 to 8 (2)
  --help          this text`

const help = 'npm run cluster -- --help shows every option.'

/**
 * Reads the command line.
 *
 * @throws {ConfigError} with a sentence that says what to type instead
 */
export function readOptions(argv: readonly string[], currentDir: string): RunOptions {
  const values = parse(argv)
  return {
    port: readNumber('port', values.port ?? '8080', { lowest: 1, highest: 65_535 }),
    dataDir: resolve(currentDir, values.data ?? 'data/cluster'),
    gateways: readNumber('gateways', values.gateways ?? '2', { lowest: 1, highest: 8 }),
    chats: readNumber('chats', values.chats ?? '2', { lowest: 1, highest: 8 }),
    medias: readNumber('medias', values.medias ?? '2', { lowest: 0, highest: 8 }),
    isHelp: values.help ?? false,
  }
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        port: { type: 'string' },
        data: { type: 'string' },
        gateways: { type: 'string' },
        chats: { type: 'string' },
        medias: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values
  } catch (error) {
    const [, option = 'an argument'] = /'(-?[^' ]*)/.exec(String(error)) ?? []
    throw new ConfigError(`${option} is not an option or lacks its value: ${help}`)
  }
}

function readNumber(
  name: string,
  value: string,
  { lowest, highest }: { lowest: number; highest: number },
): number {
  const number = Number(value)
  if (/^\d+$/.test(value) && number >= lowest && number <= highest) return number
  throw new ConfigError(`--${name} takes a number from ${lowest} to ${highest}, not "${value}".`)
}
