import { ConfigError } from '@our-now/platform/config/config-error.ts'
import { readFile } from 'node:fs/promises'

/**
 * The certificate to serve HTTPS with, if one is set up.
 *
 * @throws {ConfigError} when only one of the two files is named or one cannot be read
 */
export async function readTls({
  gatewayTlsCertFile: certFile,
  gatewayTlsKeyFile: keyFile,
}: {
  readonly gatewayTlsCertFile?: string | undefined
  readonly gatewayTlsKeyFile?: string | undefined
}): Promise<{ tls?: { cert: string; key: string } }> {
  if (certFile === undefined && keyFile === undefined) return {}
  if (certFile === undefined || keyFile === undefined)
    throw new ConfigError('GATEWAY_TLS_CERT_FILE and GATEWAY_TLS_KEY_FILE go together.')
  try {
    return { tls: { cert: await readFile(certFile, 'utf8'), key: await readFile(keyFile, 'utf8') } }
  } catch {
    throw new ConfigError('GATEWAY_TLS_CERT_FILE or GATEWAY_TLS_KEY_FILE cannot be read.')
  }
}
