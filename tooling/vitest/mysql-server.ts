import { runStatements } from '@our-now/platform/database/mysql/run-statements.ts'
import { findInfra } from '@our-now/testkit/infra/find-infra.ts'
import { testDatabasePrefix } from '@our-now/testkit/infra/lend-mysql-database.ts'

/** One server for all tests of a run that keep their data on MySQL: the one that is given, or one of this machine. */
export default async function setup(): Promise<() => Promise<void>> {
  const found = await findInfra('mysql')
  if ('reason' in found) throw new Error(found.reason)
  const { server } = found
  process.env['MYSQL_URL'] = server.url
  return async () => {
    const left = await runStatements(server.url, [
      `select schema_name as name from information_schema.schemata where schema_name like '${testDatabasePrefix}%'`,
    ])
    await runStatements(
      server.url,
      left.map((row) => `drop database \`${String(row['name'])}\``),
    )
    await server.stop()
  }
}
