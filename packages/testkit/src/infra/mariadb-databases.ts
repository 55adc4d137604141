import { runStatements } from '@our-now/platform/database/mysql/run-statements.ts'

/**
 * Makes an empty database on a server and says how a service calls it. What is there already stays.
 *
 * @param serverUrl  `mysql://root@127.0.0.1:3307`.
 * @param name  Letters, digits and `_`.
 */
export async function createMysqlDatabase(serverUrl: string, name: string): Promise<string> {
  await runStatements(serverUrl, [
    `create database if not exists ${quoteName(name)} character set utf8mb4 collate utf8mb4_bin`,
  ])
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}

export async function dropMysqlDatabase(serverUrl: string, name: string): Promise<void> {
  await runStatements(serverUrl, [`drop database if exists ${quoteName(name)}`])
}

function quoteName(name: string): string {
  if (!/^\w{1,64}$/.test(name)) throw new Error(`${name} is no name of a database`)
  return `\`${name}\``
}
