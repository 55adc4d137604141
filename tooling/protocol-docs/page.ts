import { clientEvents, serverEvents } from '../../packages/contracts/src/socket.ts'
import { errorCodes } from '../../packages/contracts/src/errors.ts'
import { restRoutes } from '../../packages/contracts/src/rest.ts'
import { operationOf } from './openapi.ts'

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
const row = (...cells: readonly string[]): string =>
  `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`
const code = (text: string): string => `<code>${escape(text)}</code>`

/** One plain page that a person can read: every route, command, push and code, with links to the two documents. */
export function toPage(): string {
  const routes = restRoutes.map((route) => {
    const operation = operationOf(route)
    return row(
      code(route.method),
      code(route.path),
      escape(operation.summary),
      (operation.errors ?? []).map(code).join(' '),
    )
  })
  const commands = Object.entries(clientEvents).map(([name, { summary }]) => row(code(name), escape(summary)))
  const pushes = Object.keys(serverEvents).map((name) => row(code(name)))
  const codes = Object.entries(errorCodes).map(([name, { status, retryable, title }]) =>
    row(code(name), String(status), retryable ? 'yes' : 'no', escape(title)),
  )
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Our Now: protocol</title><link rel="stylesheet" href="protocol.css"></head>
<body>
<h1>Our Now: protocol</h1>
<p>Generated from <code>packages/contracts</code>. Machine-readable: <a href="openapi.json">OpenAPI 3.1</a> (REST) · <a href="asyncapi.json">AsyncAPI 3</a> (socket).</p>
<h2>REST</h2>
<table><tr><th>Method</th><th>Path</th><th>What it does</th><th>Codes of its own</th></tr>
${routes.join('\n')}
</table>
<h2>Socket commands</h2>
<table><tr><th>Command</th><th>What it does</th></tr>
${commands.join('\n')}
</table>
<h2>Pushes</h2>
<table><tr><th>Event</th></tr>
${pushes.join('\n')}
</table>
<h2>Error codes</h2>
<table><tr><th>Code</th><th>HTTP</th><th>Try again?</th><th>Meaning</th></tr>
${codes.join('\n')}
</table>
</body>
</html>
`
}

export const pageStyle = `:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; width: 100%; margin-bottom: 2rem }
td, th { border-bottom: 1px solid #8884; padding: 0.4rem 0.6rem; text-align: left; vertical-align: top }
code { font-size: 0.9em }
`
