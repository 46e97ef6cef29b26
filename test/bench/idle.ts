import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { electronPath } from '../../scripts/electron-runtime.mjs'
import { startFastLab, type Lab } from '../lab/index'
import { defineInventory, MACHINES, NETWORKS } from './inventory'
import { watchUse, type ProcessorUse } from './processor-use'
import type { Row } from './row'

const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url))
/** Seconds to settle after the start (V8 still compiles, and collects what the listing left behind, for two minutes), then to watch. */
const SETTLE_S = 150
const WATCH_S = 60

/** What it costs while nothing happens: to follow the World without a window, and an open window beside an empty one of the same Electron. */
export async function idle(): Promise<Row[]> {
  const lab = await startFastLab()
  const folder = await mkdtemp(join(tmpdir(), 'patchbay-bench-'))
  try {
    await defineInventory(lab)
    const alone = await useOfWorld(lab, folder)
    const display = await startDisplay(lab)
    const ours = await useOfWindow(lab, CHECKOUT, display)
    const theirs = await useOfWindow(lab, await emptyApp(folder), display)
    return [
      {
        what: `processor ticks (10 ms) in ${WATCH_S} idle seconds, following the World without a window, ${MACHINES} machines and ${NETWORKS} networks`,
        patchbay: said(alone),
        peer: '–',
        goal: '0',
      },
      {
        what: `processor ticks (10 ms) in ${WATCH_S} idle seconds, window open, the same inventory (peer: an empty window)`,
        patchbay: said(ours),
        peer: said(theirs),
        ratio: `${(ours.ms - theirs.ms).toFixed(1)} ms beyond Electron’s own`,
        goal: 'less than a tick beyond',
      },
    ]
  } finally {
    await lab.close()
    await rm(folder, { recursive: true })
  }
}

const said = ({ ticks, ms }: ProcessorUse): string => `${ticks} ticks, ${ms} ms`

/** The World as one file of JavaScript, as users run it: a TypeScript loader would work beside it, idle or not. */
async function useOfWorld(lab: Lab, folder: string): Promise<ProcessorUse> {
  await build({
    root: CHECKOUT,
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: false,
      rolldownOptions: {
        input: 'test/bench/idle-world.ts',
        output: { format: 'es', entryFileNames: 'world.mjs', codeSplitting: false },
      },
    },
  })
  const world = lab.spawn([process.execPath, join(folder, 'world.mjs')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    await firstLine(world)
    return await useAfterSettling(world)
  } finally {
    world.kill('SIGKILL')
  }
}

async function emptyApp(folder: string): Promise<string> {
  await writeFile(join(folder, 'package.json'), '{ "name": "empty", "main": "main.cjs" }')
  const main = `const { app, BrowserWindow } = require('electron')
app.whenReady().then(() => new BrowserWindow({ width: 1240, height: 780 }).loadURL('data:text/html,<h1>Empty</h1>'))
`
  await writeFile(join(folder, 'main.cjs'), main)
  return folder
}

async function startDisplay(lab: Lab): Promise<string> {
  const server = lab.spawn(['Xvfb', '-displayfd', '1', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  return `:${await firstLine(server)}`
}

async function firstLine({ stdout, spawnfile }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error(`${spawnfile} was started without a pipe`)
  for await (const line of createInterface({ input: stdout })) return line.trim()
  throw new Error(`${spawnfile} ended before it said a word`)
}

async function useOfWindow(lab: Lab, app: string, display: string): Promise<ProcessorUse> {
  const profile = await mkdtemp(join(tmpdir(), 'patchbay-bench-'))
  const flags = ['--no-sandbox', '--disable-gpu', `--user-data-dir=${profile}`]
  const electron = lab.spawn([await electronPath(), app, ...flags], {
    env: { DISPLAY: display },
    stdio: 'ignore',
  })
  try {
    return await useAfterSettling(electron)
  } finally {
    electron.kill('SIGKILL')
    await rm(profile, { recursive: true, force: true })
  }
}

async function useAfterSettling({ pid, spawnfile }: ChildProcess): Promise<ProcessorUse> {
  if (pid === undefined) throw new Error(`${spawnfile} did not start`)
  // Settling has no event: an app is idle when nothing happens any more.
  await pause(SETTLE_S * 1000)
  return watchUse(pid, WATCH_S)
}
