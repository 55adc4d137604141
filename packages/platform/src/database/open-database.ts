import { ConfigError } from '../config/config-error.ts'
import { splitUrl } from '../config/split-url.ts'
import type { Logger } from '../logging/logger.ts'
import type { Database, OpenDatabaseOptions } from './database.ts'
import { openMysqlDatabase } from './mysql/mysql-database.ts'
import { openSqliteDatabase } from './sqlite/sqlite-database.ts'

export interface OpenDatabaseDeps extends OpenDatabaseOptions {
  readonly log: Logger
  /** The setting that the url comes from, for messages. */
  readonly setting?: string
}

/**
 * Opens a service's database by its url (`sqlite:/absolute/file.db`, `mysql://user:password@host:3306/database`) and
 * brings its schema up to date. The caller closes it.
 *
 * @throws {ConfigError} in one sentence, when it cannot be used as it is set up
 */
export async function openDatabase(url: string, deps: OpenDatabaseDeps): Promise<Database> {
  const { scheme, rest } = splitUrl(url)
  if (scheme === 'sqlite') return openSqliteDatabase(rest, deps)
  const setting = deps.setting ?? 'DATABASE_URL'
  if (scheme === 'mysql') return openMysqlDatabase(url, { ...deps, setting })
  throw new ConfigError(
    `${setting}: a url like sqlite:/absolute/file.db or mysql://user:password@host:3306/database is expected, not the scheme "${scheme}".`,
  )
}
