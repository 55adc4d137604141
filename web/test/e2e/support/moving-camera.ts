import type { BrowserContext, Page } from 'playwright-core'
import { takeShot } from '../../../../services/vision/test/support/pictures.ts'
import { posesOfOne } from '../../../../services/vision/test/support/turned-picture.ts'

export type Pose = keyof Awaited<ReturnType<typeof posesOfOne>>

/** What the page's camera shows; put there by `moveCamera`. */
type WithCamera = typeof globalThis & { showPose: (pose: string) => void }

/** Gives the pages that are opened from now on a camera before which somebody moves as they are told by `show`. */
export async function moveCamera(context: BrowserContext): Promise<void> {
  const poses = Object.entries(await posesOfOne(await takeShot('one', 0)))
  const pictures = poses.map(([name, jpeg]) => [name, jpeg.toString('base64')])
  await context.addInitScript((shown: string[][]) => {
    const canvas = document.createElement('canvas')
    canvas.width = 640
    canvas.height = 480
    // Not from `data:` addresses: the page's policy refuses those.
    const images = new Map<string, ImageBitmap>()
    for (const [name = '', base64 = ''] of shown) {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.codePointAt(0) ?? 0)
      void createImageBitmap(new Blob([bytes])).then((image) => images.set(name, image))
    }
    let pose = 'straight'
    setInterval(() => {
      const image = images.get(pose)
      if (image) canvas.getContext('2d')?.drawImage(image, 0, 0)
    }, 50)
    Object.assign(globalThis, { showPose: (next: string) => (pose = next) })
    navigator.mediaDevices.getUserMedia = async () => canvas.captureStream(20)
  }, pictures)
}

export const show = (page: Page, pose: Pose): Promise<void> =>
  /** True because `moveCamera` put it there. */
  page.evaluate((next) => (globalThis as WithCamera).showPose(next), pose)
