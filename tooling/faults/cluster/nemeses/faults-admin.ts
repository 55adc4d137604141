import { askDatabase } from './ask-servers.ts'

/**
 * A throw-away server's services are root, whom read-only does not stop. The harness takes that privilege away from root
 * and gives it to an administrator of its own.
 *
 * @param url  of a database, as root
 * @returns its url as that administrator
 */
export async function makeFaultsAdmin(url: string): Promise<string> {
  const name = 'faults_admin'
  await askDatabase(url, `CREATE OR REPLACE USER '${name}'@'%' IDENTIFIED BY '${name}'`)
  await askDatabase(url, `GRANT ALL PRIVILEGES ON *.* TO '${name}'@'%' WITH GRANT OPTION`)
  const own = new URL(url)
  own.username = name
  own.password = name
  const roots = await askDatabase(own.href, "SELECT Host AS host FROM mysql.user WHERE User = 'root'")
  for (const { host } of roots)
    await askDatabase(own.href, `REVOKE READ_ONLY ADMIN, SUPER ON *.* FROM 'root'@'${String(host)}'`)
  // Sessions that are open keep what they had.
  await askDatabase(own.href, 'KILL USER root').catch(() => undefined)
  return own.href
}
