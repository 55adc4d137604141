import type { CheckResult } from './run-checks.ts'

/** The one sentence people came for. */
export type Conclusion = 'good' | 'slow-path' | 'no-path' | 'no-server' | 'no-device'

/** What all results mean together; the worst first. */
export function conclude(results: readonly CheckResult[]): Conclusion {
  const codeOf = (check: CheckResult['check']) => results.find((result) => result.check === check)?.code
  if (codeOf('server') !== 'works') return 'no-server'
  const [udp, tcp, relay] = [codeOf('udp'), codeOf('tcp'), codeOf('relay')]
  if (udp !== 'works' && tcp !== 'works' && relay !== 'works') return 'no-path'
  if (results.find(({ check }) => check === 'microphone')?.mark === 'bad') return 'no-device'
  return udp === 'works' ? 'good' : 'slow-path'
}
