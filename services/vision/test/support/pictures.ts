import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import sharp from 'sharp'

/**
 * Pictures of people that a package ships with its demo: nothing of them is ours, so nothing of them is kept here. Each
 * person is a part of a group photo.
 */
const demoFolder = findDemoFolder()
const people = {
  one: { file: 'sample3.jpg', left: 860, top: 90, width: 560, height: 420 },
  two: { file: 'sample5.jpg', left: 600, top: 20, width: 560, height: 420 },
} as const

export type PicturedPerson = keyof typeof people

/** Why there are no pictures; undefined: there are. */
export const lackOfPictures =
  demoFolder !== undefined && existsSync(join(demoFolder, 'sample3.jpg'))
    ? undefined
    : 'the package @vladmandic/face-api is not here or ships no demo pictures'

export const groupPhoto = (name: 'sample3.jpg' | 'sample5.jpg'): string => join(demoFolder ?? '', name)

/** A shot of 640 × 480. @param shot  Each is held, lit and cut a little differently, as if the person had moved. */
export async function takeShot(person: PicturedPerson, shot: number): Promise<Buffer> {
  const { file, left, top, width, height } = people[person]
  return sharp(join(demoFolder ?? '', file))
    .extract({
      left: left + shot * 6,
      top: top + (shot % 3) * 5,
      width: width - shot * 8,
      height: height - shot * 6,
    })
    .rotate((shot % 5) - 2, { background: '#555555' })
    .modulate({ brightness: 1 + (shot % 4) * 0.04 })
    .resize(640, 480, { fit: 'cover' })
    .jpeg({ quality: 90 })
    .toBuffer()
}

function findDemoFolder(): string | undefined {
  try {
    const main = createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')
    return join(dirname(main), 'demo')
  } catch {
    return undefined
  }
}
