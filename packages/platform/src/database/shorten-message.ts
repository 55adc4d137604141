/** Multi-row statements are long; a log line is not. */
const maxMessageLength = 400

/** Takes the middle out of a long message, in place: Knex puts the whole statement into it (without its values). */
export function shortenMessage(error: unknown): void {
  if (error instanceof Error && error.message.length > maxMessageLength)
    error.message = `${error.message.slice(0, maxMessageLength / 2)} … ${error.message.slice(-maxMessageLength / 2)}`
}
