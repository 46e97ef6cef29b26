import { spawn } from 'node:child_process'
import { lstatSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { PatchbayError } from '../../../shared/failure'
import { changesOf, treeOf } from './tree'
import type { WriteOrder, WriteReport } from './write-races'
import { CONFIGURATION, type WriteTarget, writeTargets } from './write-targets'

/**
 * Lets the helper's own code write while somebody keeps putting links in its way; to be started as root in a lab. Its one
 * argument is a `WriteOrder`, its output a `WriteReport`.
 */
async function main({ seed, milliseconds, only, victim }: WriteOrder): Promise<WriteReport> {
  process.chdir('/')
  process.umask(0o077)
  const strays: string[] = []
  for (const name of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(name, (error: unknown) => strays.push(`${name}: ${String(error)}`))
  }
  const report: WriteReport = { targets: 0, writes: 0, failed: 0, swaps: 0, complaints: [] }
  const order = fc.sample(fc.shuffledSubarray([...writeTargets], { minLength: writeTargets.length }), {
    seed,
    numRuns: 1,
  })[0]
  for (const target of order ?? []) {
    if (only !== null && target.place !== only) continue
    layConfiguration()
    const before = state(victim)
    const complaints = await race(target, { milliseconds, victim, report })
    layConfiguration()
    const all = [...complaints, ...strays.splice(0), ...changesOf(before, state(victim))]
    report.targets++
    report.complaints.push(...all.map((complaint) => `${target.place}: ${complaint}`))
  }
  return report
}

/** The configuration as it was; what a race has made of it is no matter, as whoever may do that may also write it. */
function layConfiguration(): void {
  for (const path of CONFIGURATION) {
    rmSync(path, { force: true })
    if (path.includes('patchbay')) continue
    writeFileSync(path, '# Before.\n', { mode: 0o600 })
    utimesSync(path, 1, 1)
  }
}

/** What no write may change: configuration and everything else in its folders, and what the links lead to. */
function state(victim: string): string[] {
  const touched = [victim, `${victim}/folder`, `${victim}/file`].map(
    (path) => `${path} was written to at ${lstatSync(path).ctimeMs}`,
  )
  const folders = [victim, '/etc/systemd', '/etc/network', '/etc/NetworkManager', '/var/lib/dhcp']
  return [...touched, ...folders.flatMap(treeOf)]
}

interface Race {
  milliseconds: number
  victim: string
  report: WriteReport
}

const STOP = '/run/fuzz/stop'

async function race(target: WriteTarget, { milliseconds, victim, report }: Race): Promise<string[]> {
  const complaints: string[] = []
  rmSync(STOP, { force: true })
  const leadsTo = target.leadsTo === 'a folder' ? `${victim}/folder` : `${victim}/file`
  const racer = fileURLToPath(new URL('racer.mjs', import.meta.url))
  const child = spawn(process.execPath, [racer, target.place, leadsTo, String(target.owner), STOP], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  await lines.next()
  const end = performance.now() + milliseconds
  while (performance.now() < end) {
    report.writes++
    try {
      await target.write()
    } catch (error) {
      report.failed++
      complaints.push(...complaintsAbout(error))
    }
  }
  writeFileSync(STOP, '')
  const count = Number((await lines.next()).value)
  report.swaps += count
  if (count < 3) complaints.push(`the race came to ${count} rounds only`)
  // Once more in peace: it works again, and takes back what the race has left half done.
  await target.write().catch((error: unknown) => complaints.push(`fails afterwards: ${String(error)}`))
  return [...new Set(complaints)]
}

/** What a user could not make sense of. */
function complaintsAbout(error: unknown): string[] {
  if (!(error instanceof Error)) return [`not an error: ${String(error)}`]
  const words = `${error.message} ${error instanceof PatchbayError ? JSON.stringify(error.failure) : ''}`
  const isClear = error instanceof PatchbayError || 'code' in error || error.constructor === Error
  return [
    ...(isClear ? [] : [`a defect: ${error.stack ?? words}`]),
    ...(/\/proc\/(self|\d+)\/fd/.test(words) ? [`names how a path was reached: ${words}`] : []),
  ]
}

const order = JSON.parse(process.argv[2] ?? '') as WriteOrder
process.stdout.write(`${JSON.stringify(await main(order))}\n`)
process.exit()
