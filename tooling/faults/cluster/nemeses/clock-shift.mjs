// Loaded into a service process of the harness by `--import`: shifts its wall clock by what the control file says.
import { readFileSync } from 'node:fs'

const file = process.env.FAULTS_CLOCK_FILE
if (file !== undefined) {
  const RealDate = Date
  let shiftMs = 0
  const read = () => {
    try {
      shiftMs = Number(readFileSync(file, 'utf8')) || 0
    } catch {
      shiftMs = 0
    }
  }
  setInterval(read, 100).unref()
  const now = () => RealDate.now() + shiftMs
  globalThis.Date = new Proxy(RealDate, {
    apply: () => new RealDate(now()).toString(),
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
    get: (target, key, receiver) => (key === 'now' ? now : Reflect.get(target, key, receiver)),
  })
}
