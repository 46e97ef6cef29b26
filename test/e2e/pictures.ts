import type { Page } from '@playwright/test'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const results = fileURLToPath(new URL('../../test-results/', import.meta.url))

/** Keeps pictures of the window, light and dark, in a folder of test-results. */
export async function pictures(
  page: Page,
  name: string,
): Promise<{ folder: string; shoot: (name: string) => Promise<void> }> {
  const folder = join(results, name)
  await mkdir(folder, { recursive: true })
  const shoot = async (picture: string): Promise<void> => {
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.screenshot({ path: join(folder, `${picture}-${colorScheme}.png`) })
    }
  }
  return { folder, shoot }
}
