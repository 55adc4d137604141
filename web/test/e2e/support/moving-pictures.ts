import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { patienceMs } from './browser.ts'

/** The call, whatever its size. */
export const screen = (page: Page) => page.getByRole('region', { name: '통화 화면' })

/** Frames that each picture has shown so far, by name; one's own is 나. */
export const frames = (page: Page): Promise<Record<string, number>> =>
  screen(page)
    .locator('video:not([hidden])')
    .evaluateAll((videos: HTMLVideoElement[]) =>
      Object.fromEntries(
        videos.map((video) => [
          video.getAttribute('aria-label') ?? '',
          video.videoWidth > 0 ? video.getVideoPlaybackQuality().totalVideoFrames : 0,
        ]),
      ),
    )

/** Waits until the picture of everybody named moves. */
export async function expectMoving(
  page: Page,
  names: readonly string[],
  timeout = patienceMs,
): Promise<void> {
  await expect
    .poll(
      async () => {
        const before = await frames(page)
        await page.waitForTimeout(500)
        const after = await frames(page)
        return names.filter((name) => (after[name] ?? 0) > (before[name] ?? 0))
      },
      { timeout },
    )
    .toEqual(names)
}
