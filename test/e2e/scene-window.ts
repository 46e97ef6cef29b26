import { _electron, type Page } from '@playwright/test'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { electronPath } from '../../scripts/electron-runtime.mjs'
import { startScreen } from './screen'

/** The window in real Electron with a World that is played, for what no lab can show in seconds: sizes, letters, languages. */
export interface SceneWindow {
  page: Page
  /** Opens a scene anew and waits for it: `scene=many&lang=es`, as `renderer-harness/fake.ts` takes it. */
  open: (query: string) => Promise<void>
  close: () => Promise<void>
}

const inHarness = (name: string): string =>
  fileURLToPath(new URL(`../renderer-harness/${name}`, import.meta.url))
const harness = fileURLToPath(new URL('../../out/renderer-harness/index.html', import.meta.url))

let built: Promise<unknown> | null = null

/** @param fontSize the letters that the person has set, in pixels */
export async function openSceneWindow({ fontSize = 16 } = {}): Promise<SceneWindow> {
  built ??= build({ configFile: inHarness('vite.config.ts'), logLevel: 'error' })
  await built
  const screen = await startScreen()
  const config = await mkdtemp(join(tmpdir(), 'patchbay-scenes-'))
  const app = await _electron.launch({
    executablePath: await electronPath(),
    args: ['--disable-gpu', '--lang=en', inHarness('electron'), `--font-size=${fontSize}`],
    env: { PATH: process.env.PATH ?? '', HOME: config, LANG: 'C.UTF-8', DISPLAY: screen.display },
    chromiumSandbox: false,
  })
  const page = await app.firstWindow()
  await page.emulateMedia({ reducedMotion: 'reduce' })
  return {
    page,
    open: async (query) => {
      await page.goto(`file://${harness}?${query}`)
      await page.getByTestId('status-bar').waitFor()
    },
    close: async () => {
      await app.close()
      await screen.close()
      await rm(config, { recursive: true, force: true })
    },
  }
}
