import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { electronPath, isSubstitute } from '../../scripts/electron-runtime.mjs'
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
  let log = ''
  const { app, page } = await unlessSubstituteCrashes(async () => {
    const started = await _electron.launch(
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
    started.process().stderr?.on('data', (data: Buffer) => (log += data.toString()))
    return { app: started, page: await started.firstWindow() }
  })
  return {
    app,
    page,
    startAgain: async () => {
      const executable = await electronPath()
      const again = (): Promise<[code: number | null, signal: string | null]> =>
        new Promise((resolve, reject) => {
          spawn(executable, ['--no-sandbox', ...electronArgs], { env: here, stdio: 'ignore' })
            .on('exit', (code, signal) => resolve([code, signal]))
            .on('error', reject)
        })
      const [code, signal] = await again()
      return signal === 'SIGSEGV' && isSubstitute(executable) ? (await again())[0] : code
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

/**
 * The substitute Electron 25 crashed (SIGSEGV) at one start of some hundreds, for a reason not found; that alone, and only
 * of the substitute, is a reason to start once more. Playwright's error has how the process ended.
 */
async function unlessSubstituteCrashes<T>(start: () => Promise<T>): Promise<T> {
  try {
    return await start()
  } catch (thrown) {
    if (!isSubstitute(await electronPath()) || !String(thrown).includes('SIGSEGV')) throw thrown
    console.warn('The substitute Electron crashed while it started; started once more:', thrown)
    return start()
  }
}

const insideOf = ({ leader, commandLine }: Place, variables: Readonly<Record<string, string>>) => ({
  leader,
  argv: commandLine({ PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', ...variables }),
})
