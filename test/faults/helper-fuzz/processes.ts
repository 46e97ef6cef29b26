import { once } from 'node:events'
import fc from 'fast-check'
import { exitCodeOf } from '../../../shared/failure'
import { HELPER } from '../../lab/bridge-driver'
import { projectFolder } from '../../lab/workstation'
import { OWN_FOLDERS, TRANSACTION } from './folders'
import { type FuzzLab, transactionsLeft, VICTIM, WRAPPER } from './fuzz-lab'
import { hostileRuns, type HostileRun } from './hostile'
import { judge } from './judge'

export interface ProcessReport {
  processes: number
  kinds: Record<string, number>
  outcomes: Record<string, number>
  /** One for each run that was not as it should be, with what repeats it. */
  failures: string[]
}

export interface ProcessOrder {
  count: number
  seed: number
  /** The number of the only run that is to be made. */
  only: number | null
}

/** How many runs share one thorough look at the host. */
const LOOK_EVERY = 25

/** Starts the bundled helper again and again, each time in other hostile surroundings. */
export async function runProcesses(
  target: FuzzLab,
  { count, seed, only }: ProcessOrder,
): Promise<ProcessReport> {
  const runs = fc.sample(hostileRuns(target.hash), { numRuns: count, seed })
  const report: ProcessReport = { processes: 0, kinds: {}, outcomes: {}, failures: [] }
  for (const [index, run] of runs.entries()) {
    if (only !== null && only !== index) continue
    const { outcome, complaints } = await runOne(target, run)
    report.processes++
    report.kinds[run.kind] = (report.kinds[run.kind] ?? 0) + 1
    report.outcomes[outcome] = (report.outcomes[outcome] ?? 0) + 1
    const look = only !== null || index % LOOK_EVERY === LOOK_EVERY - 1 || index === runs.length - 1
    const all = [...complaints, ...(look ? await target.changes() : [])]
    if (all.length > 0) report.failures.push(`${index} ${JSON.stringify(run)}: ${all.join('; ')}`)
  }
  return report
}

const RESET = `
for place in $(awk '{print $5}' /proc/self/mountinfo | grep -E '^(${OWN_FOLDERS.join('|')})' | sort -r); do umount "$place"; done
rm -rf ${OWN_FOLDERS.flatMap((folder) => [folder, `${folder}-aside`, `${folder}-link`]).join(' ')}
`

/** Milliseconds after which a run counts as hanging. */
const LONGEST_MS = 25_000

async function runOne({ lab }: FuzzLab, run: HostileRun): Promise<{ outcome: string; complaints: string[] }> {
  const child = lab.spawn(['bash', '--norc', '-c', scriptOf(run), 'bash', ...commandOf(run)], {
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const written = { output: '', errors: '' }
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (written.output += text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (written.errors += text))
  child.stdin?.on('error', () => undefined)
  child.stdin?.write(`${run.line}\n`)
  const late = setTimeout(() => child.kill('SIGKILL'), LONGEST_MS)
  const [code] = (await once(child, 'close')) as [number | null]
  clearTimeout(late)
  const complaints = [...complaintsAbout(written.errors), ...(run.racing === null ? leftBehind(lab) : [])]
  if (run.heard) {
    const verdict = judge({ output: written.output, code }, run.outcomes)
    return { outcome: verdict.outcome ?? 'none', complaints: [...verdict.complaints, ...complaints] }
  }
  const codes = run.outcomes.map((one) =>
    one === 'status' || one === 'additions' ? 0 : exitCodeOf({ code: one, message: '' }),
  )
  const odd = code === null || !codes.includes(code as (typeof codes)[number])
  return {
    outcome: `unheard, exit code ${code ?? 'none'}`,
    complaints: [...(odd ? [`exit code ${code ?? 'none'}`] : []), ...complaints],
  }
}

/** What the helper has begun and not forgotten: none of these runs changes anything. */
function leftBehind(lab: FuzzLab['lab']): string[] {
  return transactionsLeft(lab)
    .filter((name) => /[0-9]{8}-/.test(name) && name !== TRANSACTION)
    .map((name) => `${name} is left behind`)
}

/** Sets the scene, starts the race, and becomes the helper in a process of its own. */
function scriptOf({ scene, before, racing }: HostileRun): string {
  const race = [
    process.execPath,
    `${projectFolder}/test/faults/helper-fuzz/racer.mjs`,
    racing,
    `${VICTIM}/folder`,
    '0',
  ]
  return [
    '{',
    RESET,
    ...scene,
    '} </dev/null >/dev/null',
    ...(racing === null ? [] : [`${race.join(' ')} </dev/null >/dev/null &`, 'sleep 0.06']),
    '(',
    ...before,
    'exec "$@"',
    ')',
    'code=$?',
    ...(racing === null ? [] : ['kill %1']),
    'exit $code',
  ].join('\n')
}

function commandOf({ through, env, words }: HostileRun): string[] {
  const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`)
  const program = through === 'node' ? [process.execPath, HELPER] : [WRAPPER]
  return ['/usr/bin/env', '-i', ...variables, ...program, ...words]
}

/** What a process says that ends otherwise than it meant to. */
const CRASH = /node:internal|Assertion|FATAL|Fatal error|^ {4}at .*:\d+:\d+/m

const complaintsAbout = (errors: string): string[] =>
  CRASH.test(errors) ? [`it crashed: ${errors.slice(0, 500)}`] : []
