import { createTopicReader, type TopicReader } from './read-topic.ts'
import { startFaultCluster, type FaultCluster, type FaultClusterOptions } from './start-fault-cluster.ts'

/** A warm cluster with the reader of its topic. */
export interface OpenedCluster {
  readonly setting: FaultCluster
  readonly topic: TopicReader
}

export async function openCluster(options: FaultClusterOptions): Promise<OpenedCluster> {
  const setting = await startFaultCluster(options)
  return { setting, topic: createTopicReader(setting.cluster.kafkaUrl) }
}
