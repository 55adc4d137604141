import type { RowDataPacket } from 'mysql2/promise'
import { ConfigError } from '../../config/config-error.ts'

/** What a connection is for: transactions, reads, or bringing the schema up to date. */
export type SessionKind = 'write' | 'read' | 'migrate'

/** What we need to know of a server. */
export interface ServerFacts {
  readonly isMariadb: boolean
  readonly version: readonly [major: number, minor: number]
  readonly flushesAtCommit: number
  readonly hasBinlog: boolean
  readonly syncsBinlog: number
  readonly isReadOnly: boolean
}

export const factsQuery = `select version() as version, @@innodb_flush_log_at_trx_commit as flushes,
  @@log_bin as binlog, @@sync_binlog as syncs, @@read_only as is_read_only`

export function toServerFacts(row: RowDataPacket | undefined): ServerFacts {
  const version = String(row?.['version'])
  const [major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(version) ?? []).slice(1).map(Number)
  return {
    isMariadb: /mariadb/i.test(version),
    version: [major, minor],
    flushesAtCommit: Number(row?.['flushes']),
    hasBinlog: Number(row?.['binlog']) === 1,
    syncsBinlog: Number(row?.['syncs']),
    isReadOnly: Number(row?.['is_read_only']) === 1,
  }
}

/** What is wrong with a server, with the statement that mends it; undefined: it may be used. */
export function findUnsafe(facts: ServerFacts): { reason: string; mend: string } | undefined {
  if (facts.flushesAtCommit !== 1)
    return {
      reason: 'does not sync its log at each commit',
      mend: 'SET GLOBAL innodb_flush_log_at_trx_commit = 1',
    }
  if (facts.hasBinlog && facts.syncsBinlog !== 1)
    return { reason: 'does not sync its binary log at each commit', mend: 'SET GLOBAL sync_binlog = 1' }
  if (facts.isReadOnly) return { reason: 'is read-only', mend: 'SET GLOBAL read_only = 0' }
  return undefined
}

/** @throws {ConfigError} with what mends it */
export function checkServer(facts: ServerFacts, setting: string): void {
  const [major, minor] = facts.version
  const [needMajor, needMinor] = facts.isMariadb ? [10, 11] : [8, 4]
  if (major < needMajor || (major === needMajor && minor < needMinor))
    throw new ConfigError(
      `${setting}: the server is ${facts.isMariadb ? 'MariaDB' : 'MySQL'} ${major}.${minor}; MySQL 8.4, MariaDB 10.11 or newer is needed.`,
    )
  const unsafe = findUnsafe(facts)
  if (unsafe !== undefined)
    throw new ConfigError(
      `${setting}: the database server ${unsafe.reason}, so what is acknowledged could be lost; run "${unsafe.mend};" and keep that in its configuration.`,
    )
}
