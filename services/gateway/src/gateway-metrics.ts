import type { Metrics } from '@our-now/platform/telemetry/create-metrics.ts'
import type { GatewayServer } from './socket/connection.ts'

/** How one command went. */
export type NoteCommand = (name: string, outcome: string, ms: number) => void

/** The gateway's own numbers; without `metrics` nothing is counted. */
export function createGatewayMetrics(
  metrics: Metrics | undefined,
  io: GatewayServer,
): { noteCommand: NoteCommand } {
  metrics?.gauge('app_gateway_connections', 'Sockets that are connected.', () => io.of('/').sockets.size)
  const commandMs = metrics?.duration('app_gateway_command_ms', 'From command to acknowledgement.', [
    'command',
    'outcome',
  ])
  return { noteCommand: (command, outcome, ms) => commandMs?.(ms, { command, outcome }) }
}
