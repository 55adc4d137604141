import { parseArgs } from 'node:util'
import { measureLoad } from './measure-load.ts'

/** `npm run load:calls`: what one mediasoup worker carries, without browsers. The last line is JSON. */
const { values } = parseArgs({
  options: {
    publishers: { type: 'string', default: '10' },
    subscribers: { type: 'string', default: '50' },
    seconds: { type: 'string', default: '10' },
    /** Without encryption towards the subscribers. */
    plain: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})
const readCount = (name: 'publishers' | 'subscribers' | 'seconds'): number => {
  const count = Number(values[name])
  if (Number.isInteger(count) && count > 0 && count <= 1_000) return count
  throw new Error(`--${name} takes a whole number from 1 to 1000, not "${values[name]}".`)
}

try {
  const workerBin = process.env['MEDIA_WORKER_BIN']
  const asked = {
    publishers: readCount('publishers'),
    subscribers: readCount('subscribers'),
    seconds: readCount('seconds'),
    isEncrypted: !values.plain,
    ...(workerBin === undefined ? {} : { workerBin }),
  }
  const { publishers, subscribers, seconds, isEncrypted } = asked
  const load = await measureLoad(asked)
  if (!values.json)
    console.log(
      `${publishers} people send VP8 (0.6 Mbit/s) and Opus, ${subscribers} receive all of it for ${seconds} s, ` +
        `${isEncrypted ? 'SRTP' : 'plain RTP'}: ${publishers * subscribers} video consumers, one worker`,
    )
  console.log(JSON.stringify(load))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
