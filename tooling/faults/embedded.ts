import { parseArgs } from 'node:util'
import { runKills } from './embedded/run-kills.ts'

/**
 * `npm run faults:embedded -- --kills N --seed X --json`: kill -9 under load, N times. With --json the last line is
 * `{"kills","acked","lost","duplicated","holes"}`. Exit code 1 when anything is wrong.
 */
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    seed: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
})
const kills = Number(values.kills)
const seed = Number(values.seed ?? Date.now() % 1_000_000)
if (!Number.isInteger(kills) || kills < 1 || kills > 10_000 || !Number.isInteger(seed)) {
  console.error('--kills takes a number from 1 to 10000, --seed a whole number.')
  process.exit(2)
}
console.error(`${kills} kills, seed ${seed}`)
const { violations, ...verdict } = await runKills({
  kills,
  seed,
  onKill: (done, acked) =>
    done % 10 === 0 ? console.error(`  ${done} kills, ${acked} acknowledged`) : undefined,
})
for (const violation of violations) console.error(violation)
if (values.json) console.log(JSON.stringify({ kills, ...verdict }))
else
  console.log(
    `${kills} kills: ${verdict.acked} acknowledged, ${verdict.lost} lost, ${verdict.duplicated} doubled, ${verdict.holes} holes`,
  )
process.exit(violations.length === 0 ? 0 : 1)
