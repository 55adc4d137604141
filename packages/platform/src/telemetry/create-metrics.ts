import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

/** The values of labels. Few values each: codes, operations, kinds; never ids. */
type Labels = Readonly<Record<string, string>>

/** The numbers of one process for Prometheus. Names: `app_<service>_<thing>_<unit>`. */
export interface Metrics {
  /** Something that happened, counted: `app_chat_messages_total`. */
  counter(name: string, help: string, labelNames?: readonly string[]): (labels?: Labels, by?: number) => void
  /** How long things take, in ms: `app_gateway_command_ms`. */
  duration(name: string, help: string, labelNames?: readonly string[]): (ms: number, labels?: Labels) => void
  /** A number read when asked: `app_gateway_connections`. */
  gauge(name: string, help: string, read: () => number): void
  /** Numbers of one name told apart by labels, all read when asked: `app_event_log_lag_events`. */
  gauges(
    name: string,
    help: string,
    labelNames: readonly string[],
    read: () => readonly { readonly labels: Labels; readonly value: number }[],
  ): void
  /** The text of /metrics. */
  text(): Promise<string>
}

/** Bounds in ms, from a memory look-up to a call that ends at its deadline. */
const durationBounds = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000]

/**
 * A registry of its own, so that two products in one test do not meet.
 *
 * @param service  Added to every number, e.g. `chat`.
 */
export function createMetrics(service: string): Metrics {
  const registry = new Registry()
  registry.setDefaultLabels({ service })
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  return {
    counter: (name, help, labelNames = []) => {
      const counter = new Counter({ name, help, labelNames: [...labelNames], registers })
      return (labels = {}, by = 1) => counter.inc(labels, by)
    },
    duration: (name, help, labelNames = []) => {
      const histogram = new Histogram({
        name,
        help,
        labelNames: [...labelNames],
        buckets: durationBounds,
        registers,
      })
      return (ms, labels = {}) => histogram.observe(labels, ms)
    },
    gauge: (name, help, read) => {
      // oxlint-disable-next-line no-new -- it registers itself
      new Gauge({
        name,
        help,
        registers,
        collect() {
          this.set(read())
        },
      })
    },
    gauges: (name, help, labelNames, read) => {
      // oxlint-disable-next-line no-new -- it registers itself
      new Gauge({
        name,
        help,
        labelNames: [...labelNames],
        registers,
        collect() {
          this.reset()
          for (const { labels, value } of read()) this.set(labels, value)
        },
      })
    },
    text: () => registry.metrics(),
  }
}
