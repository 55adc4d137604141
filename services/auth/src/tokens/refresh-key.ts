const minBytes = 32

/** @throws {Error} when the file holds fewer than 256 bits. The message never holds key material. */
export function parseRefreshKey(content: string): Buffer {
  const key = Buffer.from(content.trim(), 'base64url')
  if (key.length < minBytes) throw new Error('the refresh key file needs at least 32 bytes in base64url')
  return key
}
