import { ConfigError } from '../../config/config-error.ts'

/** Where a service's database is and who it is for the server. */
export interface MysqlPlace {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  readonly database: string
  /** Only an encrypted connection to a server with a trusted certificate (`?tls=true`). */
  readonly isEncrypted: boolean
  /** Connections for transactions, and as many for reads (`?connections=`); 10. */
  readonly connections: number
}

const shape = 'mysql://user:password@host:3306/database'
const defaultConnections = 10

/**
 * @param setting  The setting that the url comes from, for messages.
 * @throws {ConfigError} when it is not such a url; without its password
 */
export function parseMysqlUrl(url: string, setting: string): MysqlPlace {
  const parsed = URL.parse(url)
  const database = decodeURIComponent(parsed?.pathname.slice(1) ?? '')
  if (parsed === null || parsed.hostname === '' || !/^\w{1,64}$/.test(database))
    throw new ConfigError(`${setting}: a url like ${shape} is expected, with the name of the database.`)
  const unknown = [...parsed.searchParams.keys()].find((key) => key !== 'tls' && key !== 'connections')
  if (unknown !== undefined)
    throw new ConfigError(
      `${setting}: "${unknown}" is not known after the "?": only tls and connections are.`,
    )
  const connections = Number(parsed.searchParams.get('connections') ?? defaultConnections)
  if (!Number.isInteger(connections) || connections < 4 || connections > 200)
    throw new ConfigError(`${setting}: connections must be a number from 4 to 200.`)
  return {
    host: parsed.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: parsed.port === '' ? 3306 : Number(parsed.port),
    user: decodeURIComponent(parsed.username) || 'root',
    password: decodeURIComponent(parsed.password),
    database,
    isEncrypted: parsed.searchParams.get('tls') === 'true',
    connections,
  }
}
