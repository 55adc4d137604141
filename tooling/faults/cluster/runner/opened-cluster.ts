import { createTopicReader, type TopicReader } from './read-topic.ts'
import { startFaultCluster, type FaultCluster, type FaultClusterOptions } from './start-fault-cluster.ts'

/** A warm cluster with the reader of its topic. */
export interface OpenedCluster {
  readonly setting: FaultCluster
  readonly topic: TopicReader
}

const mostTries = 5

/**
 * Starts it, again where it did not start in time: on a busy machine a broker may need more than it is given.
 *
 * @param say  Told why a try failed.
 */
export async function openCluster(
  options: FaultClusterOptions,
  say: (line: string) => void = () => undefined,
): Promise<OpenedCluster> {
  for (let tries = 1; ; tries++) {
    const dataDir = `${options.dataDir}-${tries}`
    try {
      const setting = await startFaultCluster({ ...options, dataDir })
      return { setting, topic: createTopicReader(setting.cluster.kafkaUrl) }
    } catch (error) {
      if (tries === mostTries) throw error
      say(`the cluster did not start: ${String(error)}`)
    }
  }
}
