// The practice lab: the app on this display, on a workstation where nothing of the real network is touched.
import { once } from 'node:events'
import { execFileSync } from 'node:child_process'
import { chmodSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { electronPath } from '../../scripts/electron-runtime.mjs'
import { PatchbayError, toFailure } from '../../shared/failure'
import { startFullLab } from '../lab/full'
import type { Lab } from '../lab/index'
import { lendDisplay } from './place'
import { english } from '../../shared/phrases/english'

const project = fileURLToPath(new URL('../../', import.meta.url)).replace(/\/$/, '')
const MACHINES = ['web01', 'build-agent']

async function practise(args: readonly string[]): Promise<number> {
  const display = process.env.DISPLAY
  if (display === undefined) {
    throw new PatchbayError({
      code: 'unsupported',
      message: 'The practice lab needs an X display (DISPLAY), which Wayland desktops offer as well.',
    })
  }
  console.log('Starting the practice lab…')
  const lab = await startFullLab()
  try {
    await lab.polkitAgent()
    for (const name of MACHINES) await lab.addGuest(name)
    const endLoan = await lendDisplay(lab, display)
    const env = { DISPLAY: display, ...authority(lab, display) }
    const app = lab.spawnAsDesktopUser([await electronPath(), '--disable-gpu', project, ...args], { env })
    app.stderr?.pipe(process.stderr)
    console.log(
      `Patchbay opens in the practice lab, with the machines ${MACHINES.join(' and ')}. Nothing of your own network is ` +
        'touched, and passwords are given for you. Close the window to end it.',
    )
    const ended = once(app, 'exit').then(([code]) => Number(code ?? 1))
    const code = await Promise.race([ended, askedToEnd()])
    await endLoan()
    return code
  } finally {
    await lab.close()
  }
}

function askedToEnd(): Promise<number> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve(0))
  })
}

/** Passes the right to use the display on, under a name that does not depend on the host (X11: FamilyWild). */
function authority(lab: Lab, display: string): Record<string, string> {
  const wild = 'ffff'
  const entries = execFileSync('xauth', ['nlist', display], { encoding: 'utf8' }).replace(/^..../gm, wild)
  if (entries.trim() === '') return {}
  const file = '/tmp/patchbay-xauthority'
  writeFileSync(lab.path(file), '')
  execFileSync('xauth', ['-f', lab.path(file), 'nmerge', '-'], { input: entries })
  chmodSync(lab.path(file), 0o644)
  return { XAUTHORITY: file }
}

practise(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(`patchbay: ${english(toFailure(error).message)}`)
    process.exitCode = 1
  },
)
