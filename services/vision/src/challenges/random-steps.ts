import type { FaceStep } from '@our-now/contracts/vision/shapes.ts'
import { randomInt } from 'node:crypto'

const kinds: readonly FaceStep[] = ['blink', 'turn-left', 'turn-right']

/** Two or three steps, no two neighbours alike, so that each can be told from the one before it. */
export function randomSteps(pick: (below: number) => number = (below) => randomInt(below)): FaceStep[] {
  const steps: FaceStep[] = []
  const count = 2 + pick(2)
  while (steps.length < count) {
    const choices = kinds.filter((kind) => kind !== steps.at(-1))
    steps.push(choices[pick(choices.length)] ?? 'blink')
  }
  return steps
}
