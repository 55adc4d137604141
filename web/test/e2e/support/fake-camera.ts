import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { takeShot, type PicturedPerson } from '../../../../services/vision/test/support/pictures.ts'

/** Chromium plays a file at 30 pictures a second: so each still is there for 0.4 s. */
const framesPerStill = 12
const stills = 8

/** A film of still pictures of somebody, to be played instead of a camera, over and over. @returns its path */
export async function makeCameraFile(folder: string, person: PicturedPerson): Promise<string> {
  const shots = await Promise.all(Array.from({ length: stills }, (_, shot) => takeShot(person, shot)))
  const file = join(folder, `${person}.mjpeg`)
  await writeFile(file, Buffer.concat(shots.flatMap((shot) => Array<Buffer>(framesPerStill).fill(shot))))
  return file
}

/** Switches that make Chromium take the film for its camera, and allow it without asking. */
export const cameraSwitches = (file: string): readonly string[] => [
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  `--use-file-for-fake-video-capture=${file}`,
]
