import { PartitionAssigners, type Broker, type Cluster, type PartitionAssigner } from 'kafkajs'

/** The round robin of kafkajs, which also tells the cluster that a consumer works with. */
export function createTellingAssigner(tell: (cluster: Cluster) => void): PartitionAssigner {
  return (config) => {
    tell(config.cluster)
    return PartitionAssigners.roundRobin(config)
  }
}

/**
 * Leaves a group in the name of a member that lost its broker before it could do so itself. Else its successor waits
 * until the member's session ends.
 */
export async function leaveGroup(
  cluster: Cluster,
  member: { groupId: string; memberId: string },
): Promise<void> {
  /** True of kafkajs 2.2.4, whose types leave this request out. */
  const coordinator = (await cluster.findGroupCoordinator({ groupId: member.groupId })) as Broker & {
    leaveGroup(member: { groupId: string; memberId: string }): Promise<unknown>
  }
  await coordinator.leaveGroup(member).catch((error: unknown) => {
    const hasLeft = error instanceof Error && Reflect.get(error, 'type') === 'UNKNOWN_MEMBER_ID'
    if (!hasLeft) throw error
  })
}
