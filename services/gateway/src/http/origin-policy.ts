/** Whether pages of this origin may use the product. Exactly equal or refused; so is none. */
export type IsAllowedOrigin = (origin: string | undefined) => boolean

export interface OriginPolicyOptions {
  readonly publicUrl: string | undefined
  /** Separated by commas. */
  readonly extraOrigins: string
  /** Where the gateway listens, asked when a page comes: the port may have been chosen by then. */
  readonly listensAt: () => string
}

const loopbackNames = ['localhost', '127.0.0.1', '[::1]']

export function createOriginPolicy({
  publicUrl,
  extraOrigins,
  listensAt,
}: OriginPolicyOptions): IsAllowedOrigin {
  const fixed = extraOrigins
    .split(',')
    .flatMap((text) => (text.trim() === '' ? [] : [new URL(text.trim()).origin]))
  if (publicUrl !== undefined) fixed.push(new URL(publicUrl).origin)
  const own = (): string[] => {
    const { protocol, port, origin } = new URL(listensAt())
    return [origin, ...loopbackNames.map((name) => new URL(`${protocol}//${name}:${port}`).origin)]
  }
  return (origin) => {
    if (origin === undefined) return false
    // Without a public URL the product is for this machine: each of its own names will do.
    return fixed.includes(origin) || (publicUrl === undefined && own().includes(origin))
  }
}
