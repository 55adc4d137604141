// @ts-check
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { BootstrapError, projectDir } from './project.mjs'

/**
 * Runs `work` with one MariaDB, Redis and Kafka for all of it, and stops them in the end, however it ends.
 *
 * @template T
 * @param {string} node
 * @param {(urls: Record<string, string>) => Promise<T>} work  gets MYSQL_URL, REDIS_URL and KAFKA_URL, as far as there are
 * @returns {Promise<T>}
 */
export async function withInfra(node, work) {
  const holder = spawn(node, ['tooling/bootstrap/hold-infra.ts'], {
    cwd: projectDir,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = new Promise((resolve) => holder.once('close', resolve))
  try {
    return await work(await readUrls(holder.stdout))
  } finally {
    holder.stdin.end()
    await ended
  }
}

/** @param {import('node:stream').Readable} stdout */
async function readUrls(stdout) {
  for await (const line of createInterface({ input: stdout })) return JSON.parse(line)
  throw new BootstrapError('The servers that the tests need did not start.')
}
