import { judgeAddress } from '@our-now/client/call/judge-address.ts'
import { probePath, type ProbedPath } from '@our-now/client/call/probe-path.ts'
import { codeOf } from '@our-now/client/client-error.ts'
import type { Client } from '@our-now/client/client.ts'
import { readChoices } from '../devices/call-choices.ts'
import { openDevice, type DeviceProblem } from '../devices/open-device.ts'
import { hearsAnything } from './hears-anything.ts'

export const checkNames = ['microphone', 'camera', 'server', 'address', 'udp', 'tcp', 'relay'] as const
export type CheckName = (typeof checkNames)[number]

/** `warning`: calls work, though not as well as they could. */
type CheckMark = 'good' | 'warning' | 'bad' | 'left-out'

export type CheckResult =
  | {
      readonly check: 'microphone'
      readonly mark: CheckMark
      readonly code: 'works' | 'silent' | DeviceProblem
    }
  | { readonly check: 'camera'; readonly mark: CheckMark; readonly code: 'works' | DeviceProblem }
  | {
      readonly check: 'server'
      readonly mark: CheckMark
      readonly code: 'works' | 'unreachable' | 'no-calls'
    }
  | {
      readonly check: 'address'
      readonly mark: CheckMark
      readonly code: 'good' | 'loopback' | 'private' | 'none'
      readonly address: string
    }
  | {
      readonly check: 'udp' | 'tcp' | 'relay'
      readonly mark: CheckMark
      readonly code: ProbedPath['outcome']
      readonly roundTripMs?: number
    }

/** Looks at everything a call needs, in the order in which it fails; tells each result as it comes. */
export async function runChecks(client: Client, onResult: (result: CheckResult) => void): Promise<void> {
  onResult(await checkMicrophone())
  onResult(await checkCamera())
  const udp = await probe(client, 'udp')
  if (typeof udp === 'string') return onResult({ check: 'server', mark: 'bad', code: udp })
  onResult({ check: 'server', mark: 'good', code: 'works' })
  const code = judgeAddress(location.hostname, udp.addresses)
  onResult({
    check: 'address',
    mark: code === 'good' ? 'good' : 'bad',
    code,
    address: udp.addresses.join(', '),
  })
  onResult(toResult('udp', udp))
  for (const path of ['tcp', 'relay'] as const) {
    const probed = await probe(client, path)
    onResult(toResult(path, typeof probed === 'string' ? { outcome: 'fails', addresses: [] } : probed))
  }
}

/** UDP is what calls want; the others are for networks that do not let it through. */
function toResult(check: 'udp' | 'tcp' | 'relay', { outcome, roundTripMs }: ProbedPath): CheckResult {
  const mark = outcome === 'works' ? 'good' : outcome === 'absent' ? 'left-out' : 'warning'
  return { check, mark, code: outcome, ...(roundTripMs === undefined ? {} : { roundTripMs }) }
}

async function probe(
  client: Client,
  path: 'udp' | 'tcp' | 'relay',
): Promise<ProbedPath | 'unreachable' | 'no-calls'> {
  try {
    return await probePath(client, path)
  } catch (error) {
    return codeOf(error) === 'calls_unavailable' ? 'no-calls' : 'unreachable'
  }
}

async function checkMicrophone(): Promise<CheckResult> {
  const { microphoneId } = readChoices(localStorage)
  const opened = await openDevice('microphone', { deviceId: microphoneId })
  if ('problem' in opened) return { check: 'microphone', mark: 'bad', code: opened.problem }
  const hears = await hearsAnything(opened.track)
  opened.track.stop()
  return hears
    ? { check: 'microphone', mark: 'good', code: 'works' }
    : { check: 'microphone', mark: 'warning', code: 'silent' }
}

async function checkCamera(): Promise<CheckResult> {
  const { cameraId } = readChoices(localStorage)
  const opened = await openDevice('camera', { deviceId: cameraId })
  if ('problem' in opened) return { check: 'camera', mark: 'bad', code: opened.problem }
  opened.track.stop()
  return { check: 'camera', mark: 'good', code: 'works' }
}
