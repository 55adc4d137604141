import { X509Certificate } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { createSecureContext } from 'node:tls'
import { generate } from 'selfsigned'
import { ArgumentError, type TlsChoice } from '../terminal/parse-arguments.ts'

export interface Certificate {
  readonly cert: string
  readonly key: string
}

const dayMs = 86_400_000
/** Phones refuse certificates that are valid for longer than 398 days. */
const validDays = 397

/**
 * The certificate to serve HTTPS with, or undefined for plain HTTP. A self-signed one is made once for the public
 * URL's host and this machine's addresses, kept in the data folder, and renewed a month before it ends.
 *
 * @throws {ArgumentError} when a named file cannot be read or is no PEM, or the two do not belong together
 */
export async function readCertificate(
  tls: TlsChoice,
  { dataDir, publicUrl, nowMs }: { dataDir: string; publicUrl: string | undefined; nowMs: number },
): Promise<Certificate | undefined> {
  if (tls.kind === 'none') return undefined
  if (tls.kind === 'files') return readPair(tls)
  const certFile = join(dataDir, 'tls-cert.pem')
  const keyFile = join(dataDir, 'tls-key.pem')
  const hosts = hostsToCover(publicUrl)
  if (existsSync(certFile) && existsSync(keyFile)) {
    const kept = { cert: await readFile(certFile, 'utf8'), key: await readFile(keyFile, 'utf8') }
    if (covers(kept.cert, hosts, nowMs)) return kept
  }
  const made = await makeSelfSigned(hosts, nowMs)
  await writeFile(keyFile, made.key, { mode: 0o600 })
  await writeFile(certFile, made.cert)
  return made
}

async function readPair({ certFile, keyFile }: { certFile: string; keyFile: string }): Promise<Certificate> {
  const pair = { cert: await readPem(certFile), key: await readPem(keyFile) }
  try {
    createSecureContext(pair)
  } catch (error) {
    const reason: unknown = error instanceof Error ? Reflect.get(error, 'reason') : undefined
    throw new ArgumentError(
      `--tls: ${certFile} and ${keyFile} are not a certificate and its key (${typeof reason === 'string' ? reason : 'unreadable'}).`,
    )
  }
  return pair
}

async function readPem(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new ArgumentError(`--tls: ${file} cannot be read (${error.code ?? error.message}).`)
  })
  if (!text.includes('-----BEGIN')) throw new ArgumentError(`--tls: ${file} is not a PEM file.`)
  return text
}

function hostsToCover(publicUrl: string | undefined): string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((list) =>
    (list ?? []).map(({ address }) => address),
  )
  const ipv4 = addresses.filter((address) => /^\d+\.\d+\.\d+\.\d+$/.test(address))
  const named = publicUrl === undefined ? [] : [new URL(publicUrl).hostname]
  return [...new Set(['localhost', ...ipv4, ...named])]
}

function covers(pem: string, hosts: readonly string[], nowMs: number): boolean {
  const certificate = new X509Certificate(pem)
  if (certificate.validToDate.getTime() < nowMs + 30 * dayMs) return false
  return hosts.every(
    (host) => (isIp(host) ? certificate.checkIP(host) : certificate.checkHost(host)) !== undefined,
  )
}

const isIp = (host: string): boolean => /^[\d.]+$/.test(host) || host.includes(':')

async function makeSelfSigned(hosts: readonly string[], nowMs: number): Promise<Certificate> {
  const altNames = hosts.map((host) =>
    isIp(host) ? { type: 7 as const, ip: host } : { type: 2 as const, value: host },
  )
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'Our Now' }], {
    keyType: 'ec',
    notBeforeDate: new Date(nowMs - dayMs),
    notAfterDate: new Date(nowMs + validDays * dayMs),
    extensions: [{ name: 'subjectAltName', altNames }],
  })
  return { cert, key }
}
