import { Kafka, logLevel, type KafkaConfig } from 'kafkajs'
import type { Logger } from '../../logging/logger.ts'
import { calmKafkajsTimers } from './kafkajs-timers.ts'

/** A broker that accepts no connection in this time, or no longer answers in that one, is away; in ms. */
const connectWithinMs = 2_000
const answerWithinMs = 5_000

/**
 * kafkajs tells every failed try, on every connection, several times a second while a broker is away: that is for
 * debugging. What an operator must know is told once by the parts that use it.
 */
export function createKafkaClient(
  brokers: readonly string[],
  { clientId, log }: { clientId: string; log: Logger },
): Kafka {
  calmKafkajsTimers()
  const logCreator: KafkaConfig['logCreator'] =
    () =>
    ({ namespace, log: { message, error, stack } }) =>
      log.debug({ namespace, error, stack }, message)
  return new Kafka({
    clientId,
    brokers: [...brokers],
    connectionTimeout: connectWithinMs,
    requestTimeout: answerWithinMs,
    enforceRequestTimeout: true,
    logLevel: log.isLevelEnabled('debug') ? logLevel.INFO : logLevel.ERROR,
    logCreator,
    retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 3 },
  })
}
