import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readCertificate } from './read-certificate.ts'

let dataDir: string
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tls-'))
})
afterEach(() => rm(dataDir, { recursive: true }))

const options = (nowMs = Date.now()) => ({ dataDir, publicUrl: 'https://family.example:8443', nowMs })

test('a self-signed certificate names the public host and this machine, and is kept', async () => {
  const first = await readCertificate({ kind: 'self-signed' }, options())
  const certificate = new X509Certificate(first?.cert ?? '')
  expect(certificate.checkHost('family.example')).toBe('family.example')
  expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1')
  expect(await readCertificate({ kind: 'self-signed' }, options())).toEqual(first)
})

test('a certificate that is about to end is made anew', async () => {
  const first = await readCertificate({ kind: 'self-signed' }, options(Date.now() - 380 * 86_400_000))
  const second = await readCertificate({ kind: 'self-signed' }, options())
  expect(second).not.toEqual(first)
})

test('a file that is missing or no PEM is told in a sentence', async () => {
  const file = join(dataDir, 'x.pem')
  await expect(readCertificate({ kind: 'files', certFile: file, keyFile: file }, options())).rejects.toThrow(
    'cannot be read',
  )
  await writeFile(file, 'hello')
  await expect(readCertificate({ kind: 'files', certFile: file, keyFile: file }, options())).rejects.toThrow(
    'not a PEM file',
  )
})

test('files that are no certificate and its key are told in a sentence', async () => {
  const made = await readCertificate({ kind: 'self-signed' }, options())
  const [certFile, keyFile, otherKeyFile] = ['cert.pem', 'key.pem', 'other.pem'].map((name) =>
    join(dataDir, name),
  ) as [string, string, string]
  await writeFile(certFile, made?.cert ?? '')
  await writeFile(keyFile, made?.key ?? '')
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  await writeFile(otherKeyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }))
  const read = (cert: string, key: string) =>
    readCertificate({ kind: 'files', certFile: cert, keyFile: key }, options())
  expect(await read(certFile, keyFile)).toEqual(made)
  await expect(read(certFile, otherKeyFile)).rejects.toThrow(/^--tls: .* are not a certificate and its key/)
  await writeFile(certFile, '-----BEGIN CERTIFICATE-----\nnope\n-----END CERTIFICATE-----\n')
  await expect(read(certFile, keyFile)).rejects.toThrow(/^--tls: .* are not a certificate and its key/)
})
