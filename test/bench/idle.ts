import type { ChildProcess } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { electronPath } from '../../scripts/electron-runtime.mjs'
import { startFastLab, type Lab } from '../lab/index'
import { defineInventory, MACHINES, NETWORKS } from './inventory'
import type { Row } from './row'

const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url))
/** Seconds to settle after the start (V8 still compiles, and collects what the listing left behind, for two minutes), then to watch. */
const SETTLE_S = 150
const WATCH_S = 60

/** Clock ticks that the open window burns while nothing happens, beside an empty window of the same Electron. */
export async function idle(): Promise<Row[]> {
  const lab = await startFastLab()
  const empty = await emptyApp()
  try {
    await defineInventory(lab)
    const alone = await ticksOfWorld(lab)
    const display = await startDisplay(lab)
    const ours = await ticksOf(lab, CHECKOUT, display)
    const theirs = await ticksOf(lab, empty, display)
    return [
      {
        what: `processor ticks (10 ms) in ${WATCH_S} idle seconds, following the World without a window, ${MACHINES} machines and ${NETWORKS} networks`,
        patchbay: `${alone} ticks`,
        peer: '–',
        goal: '0',
      },
      {
        what: `processor ticks (10 ms) in ${WATCH_S} idle seconds, window open, the same inventory (peer: an empty window)`,
        patchbay: `${ours} ticks`,
        peer: `${theirs} ticks`,
        ratio: `${ours - theirs} ticks beyond Electron’s own`,
        goal: '0 beyond',
      },
    ]
  } finally {
    await lab.close()
    await rm(empty, { recursive: true })
  }
}

async function emptyApp(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'patchbay-bench-'))
  await writeFile(join(folder, 'package.json'), '{ "name": "empty", "main": "main.cjs" }')
  const main = `const { app, BrowserWindow } = require('electron')
app.whenReady().then(() => new BrowserWindow({ width: 1240, height: 780 }).loadURL('data:text/html,<h1>Empty</h1>'))
`
  await writeFile(join(folder, 'main.cjs'), main)
  return folder
}

async function ticksOfWorld(lab: Lab): Promise<number> {
  const loader = new URL('../../node_modules/tsx/dist/loader.mjs', import.meta.url).href
  const script = fileURLToPath(new URL('idle-world.ts', import.meta.url))
  const argv = [process.execPath, '--import', loader, script, String(SETTLE_S), String(WATCH_S)]
  const { stdout } = await lab.exec(argv, { timeoutMs: (SETTLE_S + WATCH_S + 30) * 1000 })
  return Number(stdout)
}

async function startDisplay(lab: Lab): Promise<string> {
  const server = lab.spawn(['Xvfb', '-displayfd', '1', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  if (server.stdout === null) throw new Error('Xvfb was started without a pipe')
  for await (const line of createInterface({ input: server.stdout })) return `:${line.trim()}`
  throw new Error('Xvfb did not start')
}

async function ticksOf(lab: Lab, app: string, display: string): Promise<number> {
  const profile = await mkdtemp(join(tmpdir(), 'patchbay-bench-'))
  const flags = ['--no-sandbox', '--disable-gpu', `--user-data-dir=${profile}`]
  const process = lab.spawn([await electronPath(), app, ...flags], {
    env: { DISPLAY: display },
    stdio: 'ignore',
  })
  try {
    // Settling has no event: an app is idle when nothing happens any more.
    await pause(SETTLE_S * 1000)
    const before = await ticks(process)
    await pause(WATCH_S * 1000)
    return (await ticks(process)) - before
  } finally {
    process.kill('SIGKILL')
    await rm(profile, { recursive: true, force: true })
  }
}

/** User and system ticks of a process and of everything below it (proc(5), fields 14 and 15 of stat). */
async function ticks(root: ChildProcess): Promise<number> {
  const stats = await allStats()
  const below = new Set([root.pid])
  let total = 0
  // Parents come before their children: process numbers grow, and none wraps within a bench.
  for (const { pid, parent, used } of stats) {
    if (!below.has(pid) && !below.has(parent)) continue
    below.add(pid)
    total += used
  }
  return total
}

async function allStats(): Promise<{ pid: number; parent: number; used: number }[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
  const stats = await Promise.all(
    pids.map(async (pid) => {
      const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch((gone: unknown) => {
        if (gone instanceof Error) return null
        throw gone
      })
      if (text === null) return []
      const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
      return [{ pid, parent: Number(fields[1]), used: Number(fields[11]) + Number(fields[12]) }]
    }),
  )
  return stats.flat().sort((a, b) => a.pid - b.pid)
}
