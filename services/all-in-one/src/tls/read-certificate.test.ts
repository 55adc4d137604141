import { X509Certificate } from 'node:crypto'
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
