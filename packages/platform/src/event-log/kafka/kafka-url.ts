import { ConfigError } from '../../config/config-error.ts'
import { splitUrl } from '../../config/split-url.ts'

export interface KafkaPlace {
  readonly brokers: readonly string[]
  /** Put before the names of topics and groups, so that several products share a cluster: `our-now.` or nothing. */
  readonly prefix: string
  /** How many partitions a topic gets that is not there yet. */
  readonly partitions: number
}

const defaultPartitions = 16
const form = 'kafka://host:9092,host:9092 with an optional /prefix and ?partitions=16'

/**
 * Takes `kafka://k1:9092,k2:9092/prefix?partitions=16` apart.
 *
 * @throws {ConfigError} naming `setting`, when it has another form
 */
export function parseKafkaUrl(url: string, setting: string): KafkaPlace {
  const { rest } = splitUrl(url)
  const match = /^([^/?]+)(?:\/([A-Za-z0-9._-]{0,100}))?(?:\?partitions=(\d{1,4}))?$/.exec(rest)
  const brokers = match?.[1]?.split(',') ?? []
  const partitions = Number(match?.[3] ?? defaultPartitions)
  const isUsable =
    brokers.length > 0 && brokers.every((broker) => /^[^\s:@]+:\d{1,5}$/.test(broker)) && partitions > 0
  if (!isUsable) throw new ConfigError(`${setting}: a url like ${form} is expected.`)
  const prefix = match?.[2] ?? ''
  return { brokers, prefix: prefix === '' ? '' : `${prefix}.`, partitions }
}
