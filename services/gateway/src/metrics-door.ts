import { createHttpServer, listen } from '@our-now/platform/http/create-http-server.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import type { Metrics } from '@our-now/platform/telemetry/create-metrics.ts'

/** `/metrics` on a port of its own, which the public never reaches. The caller closes it. */
export async function openMetricsDoor(
  metrics: Metrics,
  { host, port, log }: { host: string; port: number; log: Logger },
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createHttpServer({ log })
  server.get('/metrics', async (_request, reply) => reply.type('text/plain').send(await metrics.text()))
  const url = await listen(server, { host, port })
  return { url, close: async () => server.close() }
}
