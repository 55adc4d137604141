/**
 * The server closes a socket that sends more than 64 KiB at once, so a larger message would be tried for ever. What is
 * left beside the text is for the ids around it.
 */
export const maxMessageBytes = 60_000

/** A text's size on the wire: UTF-8 of its JSON form, in bytes. */
export function wireBytes(text: string): number {
  return new TextEncoder().encode(JSON.stringify(text)).length
}
