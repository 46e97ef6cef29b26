import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { electronPath } from '../../scripts/electron-runtime.mjs'
import { startScreen } from './screen'

const project = fileURLToPath(new URL('../../', import.meta.url)).replace(/\/$/, '')

/** Arguments of an app that finds no libvirt, so that nothing of this machine is touched. */
export const NO_LIBVIRT = ['--connect', 'qemu:///system?socket=/nonexistent/libvirt-sock']

export interface RunningApp {
  app: ElectronApplication
  page: Page
  /** What the app wrote to standard error. */
  log: () => string
  close: () => Promise<void>
}

/** Where the app runs: a process whose namespaces it enters, and what stands before its command line there. */
export interface Place {
  leader: number
  prefix: readonly string[]
  electron: string
}

export interface AppOptions {
  /** Arguments of the app. */
  args?: readonly string[]
  /** In a lab; on this machine unless told. */
  place?: Place
  env?: Readonly<Record<string, string>>
}

/** Starts the built app on a screen of its own, with fresh settings, and waits for its window. */
export async function launchApp({ args = [], place, env = {} }: AppOptions = {}): Promise<RunningApp> {
  const screen = await startScreen()
  const home = await mkdtemp(join(tmpdir(), 'patchbay-e2e-'))
  const variables = {
    PATH: process.env.PATH ?? '',
    HOME: home,
    LANG: 'C.UTF-8',
    DISPLAY: screen.display,
    XDG_CONFIG_HOME: home,
    ...env,
  }
  // Tests run as root, where Chromium's sandbox refuses to work; the product never passes this.
  const electronArgs = ['--no-sandbox', '--disable-gpu', '--lang=en', project, ...args]
  const app = await _electron.launch(
    place === undefined
      ? { executablePath: await electronPath(), args: electronArgs, env: variables }
      : {
          executablePath: fileURLToPath(new URL('inside.mjs', import.meta.url)),
          args: electronArgs,
          env: {
            PATH: process.env.PATH ?? '',
            PATCHBAY_INSIDE: JSON.stringify({
              leader: place.leader,
              argv: [...place.prefix, place.electron],
              env: variables,
            }),
          },
        },
  )
  let log = ''
  app.process().stderr?.on('data', (data: Buffer) => (log += data.toString()))
  const page = await app.firstWindow()
  return {
    app,
    page,
    log: () => log,
    close: async () => {
      await app.close()
      await screen.close()
      await rm(home, { recursive: true, force: true })
    },
  }
}
