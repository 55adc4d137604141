/** What one broker on this machine is started with. */
export interface KafkaSettings {
  readonly port: number
  readonly controllerPort: number
  /** How clients are told to call it: `127.0.0.1:9093`. */
  readonly advertised: string
  readonly logDir: string
}

/**
 * One broker that is its own controller: no replicas, small internal topics, and nothing that waits for others. What a
 * client sees (session timeouts, message sizes) stays as a real cluster has it.
 */
export const toServerProperties = ({ port, controllerPort, advertised, logDir }: KafkaSettings): string =>
  [
    'process.roles=broker,controller',
    'node.id=1',
    `controller.quorum.voters=1@127.0.0.1:${controllerPort}`,
    'controller.listener.names=CONTROLLER',
    'listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'inter.broker.listener.name=PLAINTEXT',
    `listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    `advertised.listeners=PLAINTEXT://${advertised}`,
    `log.dirs=${logDir}`,
    'auto.create.topics.enable=false',
    'num.partitions=4',
    'default.replication.factor=1',
    'min.insync.replicas=1',
    'offsets.topic.num.partitions=4',
    'offsets.topic.replication.factor=1',
    'transaction.state.log.num.partitions=1',
    'transaction.state.log.replication.factor=1',
    'transaction.state.log.min.isr=1',
    'share.coordinator.state.topic.num.partitions=1',
    'share.coordinator.state.topic.replication.factor=1',
    'share.coordinator.state.topic.min.isr=1',
    'group.initial.rebalance.delay.ms=0',
    // A broker that was killed is let in again as soon as its old session has ended.
    'broker.heartbeat.interval.ms=500',
    'broker.session.timeout.ms=3000',
    'num.network.threads=2',
    'num.io.threads=4',
    'num.recovery.threads.per.data.dir=2',
    'background.threads=2',
    'log.cleaner.dedupe.buffer.size=2097152',
    'log.index.size.max.bytes=1048576',
    'log.segment.bytes=67108864',
    '',
  ].join('\n')

/** Only what goes wrong, and the line that says that it serves. */
export const loggingConfiguration = `<?xml version="1.0" encoding="UTF-8"?>
<Configuration status="ERROR">
  <Appenders>
    <Console name="console"><PatternLayout pattern="%d{ISO8601} %p %c{1} %m%n"/></Console>
  </Appenders>
  <Loggers>
    <Logger name="kafka.server.KafkaRaftServer" level="INFO"/>
    <Root level="WARN"><AppenderRef ref="console"/></Root>
  </Loggers>
</Configuration>
`
