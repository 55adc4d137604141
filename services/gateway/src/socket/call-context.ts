import type { CallContext } from '@our-now/contracts/service-contract.ts'
import type { CommandContext } from './bind-commands.ts'

/** What of a command's context leaves the gateway: everything but the socket. */
export function toCallContext({ socket: _socket, ...context }: CommandContext): CallContext {
  return context
}
