import { readdirSync, readFileSync } from 'node:fs'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { serve } from '../../../electron/helper/serve'
import type { Attack } from './attack'
import { attacks } from './attacks'
import { judge, type Result } from './judge'
import type { BulkOrder, BulkReport } from './bulk'

/**
 * Runs attacks on the helper's own code, all in this one process; to be started as root in a lab. Its one argument is a
 * `BulkOrder`, its output a `BulkReport`.
 */
async function main({ count, seed, path, hash }: BulkOrder): Promise<BulkReport> {
  process.chdir('/')
  process.umask(0o077)
  const strays: string[] = []
  for (const name of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(name, (error: unknown) => strays.push(`${name}: ${errorText(error)}`))
  }
  const report: BulkReport = { requests: 0, kinds: {}, outcomes: {}, failure: null, leftovers: [] }
  const openAtFirst = openFiles()
  const details = await fc.check(
    fc.asyncProperty(attacks(hash), async (attack) => {
      const { outcome, complaints } = judge(await run(attack), attack.outcomes)
      report.requests++
      add(report.kinds, attack.kind)
      add(report.outcomes, outcome ?? 'none')
      const all = [...complaints, ...strays.splice(0), ...pollution()]
      if (all.length > 0) throw new Error(all.join('; '))
    }),
    { numRuns: count, seed, includeErrorInReport: true, ...(path === null ? {} : { path }) },
  )
  if (details.failed) report.failure = fc.defaultReportMessage(details) ?? 'failed'
  await sleep(200)
  report.leftovers = [...leftFiles(openAtFirst), ...leftProcesses()]
  return report
}

const add = (counts: Record<string, number>, key: string): void => {
  counts[key] = (counts[key] ?? 0) + 1
}

const errorText = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error)

/** A run that takes longer hangs. Milliseconds. */
const LONGEST_MS = 20_000

async function run({ words, bytes, pieces, then }: Attack): Promise<Result> {
  const input = new PassThrough()
  const output = new PassThrough()
  // An input that breaks is told to the helper; that nobody else listens is no trouble.
  input.on('error', () => undefined)
  const written = text(output)
  const served = serve(words, input, output)
  await feed(input, Buffer.from(bytes, 'latin1'), pieces)
  if (then === 'ends') input.end()
  if (then === 'breaks') input.destroy(new Error('EIO'))
  const late = new AbortController()
  const code = await Promise.race([served, sleep(LONGEST_MS, 'hangs' as const, { signal: late.signal })])
  late.abort()
  if (code === 'hangs') return { output: '', code: null }
  output.end()
  return { output: await written, code }
}

async function feed(input: PassThrough, bytes: Buffer, pieces: readonly number[]): Promise<void> {
  let at = 0
  for (const length of pieces) {
    if (at >= bytes.length || input.destroyed) break
    input.write(bytes.subarray(at, at + length))
    at += length
    await turn()
  }
  if (at < bytes.length && !input.destroyed) input.write(bytes.subarray(at))
}

/** Whether a request has changed what every object has. */
function pollution(): string[] {
  return [Object.prototype, Array.prototype, Function.prototype].flatMap((prototype) =>
    Object.keys(prototype).map((key) => `every object has got a “${key}”`),
  )
}

const openFiles = (): number => readdirSync('/proc/self/fd').length

/** The lock, pipes and connections are all given back. */
function leftFiles(before: number): string[] {
  const more = openFiles() - before
  return more > 3 ? [`${more} files are still open`] : []
}

function leftProcesses(): string[] {
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim()
  return children === '' ? [] : [`processes still run: ${children}`]
}

const order = JSON.parse(process.argv[2] ?? '') as BulkOrder
process.stdout.write(`${JSON.stringify(await main(order))}\n`)
process.exit()
