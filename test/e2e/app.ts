import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { electronPath } from '../../scripts/electron-runtime.mjs'
import type { Place } from './place'
import { startScreen } from './screen'

const project = fileURLToPath(new URL('../../', import.meta.url)).replace(/\/$/, '')

/** Arguments of an app that finds no libvirt, so that nothing of this machine is touched. */
export const NO_LIBVIRT = ['--connect', 'qemu:///system?socket=/nonexistent/libvirt-sock']

export interface RunningApp {
  app: ElectronApplication
  page: Page
  /** Starts the app on this machine once more, with the same settings and screen; answers with its exit code. */
  startAgain: () => Promise<number | null>
  /** What the app wrote to standard error. */
  log: () => string
  close: () => Promise<void>
}

export interface AppOptions {
  /** Arguments of the app. */
  args?: readonly string[]
  /** In a lab; on this machine unless told. */
  place?: Place
  /** Further variables. */
  env?: Readonly<Record<string, string>>
}

/** Starts the built app on a screen of its own, with fresh settings, and waits for its window. */
export async function launchApp({ args = [], place, env = {} }: AppOptions = {}): Promise<RunningApp> {
  const screen = await startScreen()
  const config = await mkdtemp(join(tmpdir(), 'patchbay-e2e-'))
  const endLoan = await place?.lend(screen.display)
  const electronArgs = ['--disable-gpu', '--lang=en', project, ...args]
  const variables = { LANG: 'C.UTF-8', DISPLAY: screen.display, ...env }
  const path = process.env.PATH ?? ''
  const here = { PATH: path, HOME: config, ...variables }
  const app = await _electron.launch(
    place === undefined
      ? {
          executablePath: await electronPath(),
          args: electronArgs,
          env: here,
          chromiumSandbox: false,
        }
      : {
          executablePath: fileURLToPath(new URL('inside.mjs', import.meta.url)),
          args: electronArgs,
          env: { PATH: path, PATCHBAY_INSIDE: JSON.stringify(insideOf(place, variables)) },
          chromiumSandbox: place.sandbox,
        },
  )
  let log = ''
  app.process().stderr?.on('data', (data: Buffer) => (log += data.toString()))
  const page = await app.firstWindow()
  return {
    app,
    page,
    startAgain: async () => {
      const again = spawn(await electronPath(), ['--no-sandbox', ...electronArgs], {
        env: here,
        stdio: 'ignore',
      })
      return new Promise((resolve, reject) => again.on('exit', resolve).on('error', reject))
    },
    log: () => log,
    close: async () => {
      await app.close()
      await endLoan?.()
      await screen.close()
      await rm(config, { recursive: true, force: true })
    },
  }
}

const insideOf = ({ leader, commandLine }: Place, variables: Readonly<Record<string, string>>) => ({
  leader,
  argv: commandLine({ PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', ...variables }),
})
