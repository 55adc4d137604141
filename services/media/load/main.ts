import { parseArgs } from 'node:util'
import { measureLoad } from './measure-load.ts'

/** `npm run load:calls`: what one mediasoup worker carries, and what people see of it. The last line is JSON. */
const { values } = parseArgs({
  options: {
    publishers: { type: 'string', default: '10' },
    subscribers: { type: 'string', default: '50' },
    seconds: { type: 'string', default: '10' },
    /** Without encryption towards the subscribers. */
    plain: { type: 'boolean', default: false },
    /** Browsers at the same worker; 0: none. */
    witnesses: { type: 'string', default: '2' },
    json: { type: 'boolean', default: false },
  },
})
const readCount = (name: 'publishers' | 'subscribers' | 'seconds'): number => {
  const count = Number(values[name])
  if (Number.isInteger(count) && count > 0 && count <= 1_000) return count
  throw new Error(`--${name} takes a whole number from 1 to 1000, not "${values[name]}".`)
}

function readWitnesses(): { count: number; browserPath: string } | undefined {
  const count = Number(values.witnesses)
  if (!Number.isInteger(count) || count < 0 || count === 1 || count > 8)
    throw new Error(`--witnesses takes 0 or a number from 2 to 8, not "${values.witnesses}".`)
  if (count === 0) return undefined
  const browserPath = process.env['CHROMIUM_PATH'] ?? ''
  if (browserPath !== '') return { count, browserPath }
  console.error('Without witnesses: no Chromium was found, and CHROMIUM_PATH names none.')
  return undefined
}

try {
  const workerBin = process.env['MEDIA_WORKER_BIN']
  const witnesses = readWitnesses()
  const asked = {
    publishers: readCount('publishers'),
    subscribers: readCount('subscribers'),
    seconds: readCount('seconds'),
    isEncrypted: !values.plain,
    ...(witnesses === undefined ? {} : { witnesses }),
    ...(workerBin === undefined ? {} : { workerBin }),
  }
  const { publishers, subscribers, seconds, isEncrypted } = asked
  const load = await measureLoad(asked)
  if (!values.json)
    console.log(
      `${publishers} people send VP8 (0.6 Mbit/s) and Opus, ${subscribers} receive all of it for ${seconds} s, ` +
        `${isEncrypted ? 'SRTP' : 'plain RTP'}: ${publishers * subscribers} video consumers, one worker`,
    )
  for (const { framesPerSecond, freezes, freezeSeconds, lossPercent } of values.json
    ? []
    : (load.witnesses ?? []))
    console.log(
      `a browser beside them saw ${framesPerSecond} pictures a second, ${freezes} freezes (${freezeSeconds} s), ${lossPercent} % lost`,
    )
  console.log(JSON.stringify(load))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
