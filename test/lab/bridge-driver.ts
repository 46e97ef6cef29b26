import type { ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { helperEvent, type HelperEvent, type HelperVerb } from '../../shared/helper/protocol'
import type { BridgePlan, PlanOutcome } from '../../shared/helper/plan'
import type { TransactionSummary } from '../../shared/helper/transaction'
import { readTransactions } from '../../electron/host/records/transactions'
import { document } from './cli-helpers'
import { hostState, type HostState } from './host-state'
import type { Lab } from './index'
import { projectFolder } from './workstation'
import { english } from '../../shared/phrases/english'

/** Plans on the lab's workstation, as the command line does: for its uplink and `br0` unless told otherwise. */
export async function planIn(lab: Lab, nic?: string, bridge?: string): Promise<PlanOutcome> {
  const options = [
    ...(nic === undefined ? [] : ['--nic', nic]),
    ...(bridge === undefined ? [] : ['--name', bridge]),
  ]
  const { doc, stderr } = await document(lab, 'bridge', 'plan', ...options)
  if (doc.plan !== undefined) return { kind: 'plan', plan: doc.plan }
  if (doc.failure !== undefined) return { kind: 'refused', failure: doc.failure }
  throw new Error(`no plan: ${stderr}`)
}

/** The plan; throws with the reason when it is refused. */
export async function planned(lab: Lab, nic?: string, bridge?: string): Promise<BridgePlan> {
  const outcome = await planIn(lab, nic, bridge)
  if (outcome.kind === 'plan') return outcome.plan
  throw new Error(`refused: ${english(outcome.failure.message)}`)
}

/** The helper as it was built. */
export const HELPER = `${projectFolder}/out/helper/helper.cjs`

/** A helper at work. */
export interface HelperRun {
  child: ChildProcess
  /** All events so far. */
  events: readonly HelperEvent[]
  /** The next event that `matches`, or one that has come already. Throws when the helper ends without it. */
  seen(what: string, matches: (event: HelperEvent) => boolean): Promise<HelperEvent>
  say(line: unknown): void
  closeInput(): void
  /** The exit code, once everything has been read; null after a kill. */
  ended: Promise<number | null>
}

/**
 * Starts the helper in the lab as root and sends it its request. Standard input stays open.
 * @param runtime arguments for Node itself
 * @param script another place that the helper lies in
 * @param program another Node
 */
export const startHelper = (
  lab: Lab,
  verb: HelperVerb,
  request: unknown,
  runtime: readonly string[] = [],
  script = HELPER,
  program = process.execPath,
): HelperRun => startBy(lab, [program, ...runtime, script, verb], request)

/** The same by any command line, such as one with a prompt. */
export function startBy(lab: Lab, argv: readonly string[], request: unknown): HelperRun {
  const child = lab.spawn(argv, { stdio: ['pipe', 'pipe', 'pipe'] })
  const events: HelperEvent[] = []
  const listeners = new Set<() => void>()
  const notify = (): void => {
    for (const listener of listeners) listener()
  }
  let over = false
  let complaint = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (complaint += text))
  child.stdin?.on('error', () => undefined)
  if (child.stdout) {
    createInterface({ input: child.stdout }).on('line', (line) => {
      events.push(helperEvent.parse(JSON.parse(line)))
      notify()
    })
  }
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', (code) => {
      over = true
      notify()
      resolve(code)
    })
  })
  const say = (line: unknown): void => void child.stdin?.write(`${JSON.stringify(line)}\n`)
  say(request)
  return {
    child,
    events,
    ended,
    say,
    closeInput: () => child.stdin?.end(),
    seen: (what, matches) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const event = events.find(matches)
          if (!event && !over) return
          listeners.delete(look)
          if (event) resolve(event)
          else
            reject(
              new Error(`the helper ended without ${what}: ${JSON.stringify(events.at(-1))} ${complaint}`),
            )
        }
        listeners.add(look)
        look()
      }),
  }
}

export interface ChangeOptions {
  confirm?: 'auto' | 'ask'
  timeoutSeconds?: number
  /** Arguments for the Node that runs the helper. */
  runtime?: readonly string[]
}

/** Starts making the bridge that was planned. */
export function startCreating(lab: Lab, plan: BridgePlan, options: ChangeOptions = {}): HelperRun {
  const { confirm = 'auto', timeoutSeconds = 30, runtime } = options
  const { nic, bridge, hostHash } = plan
  const intent = { kind: 'create-bridge', nic, bridge }
  return startHelper(lab, 'apply', { version: 1, confirm, timeoutSeconds, intent, hostHash }, runtime)
}

/** Starts undoing a transaction. */
export function startUndoing(lab: Lab, transaction: string, options: ChangeOptions = {}): HelperRun {
  const { confirm = 'auto', timeoutSeconds = 30, runtime } = options
  return startHelper(lab, 'undo', { version: 1, confirm, timeoutSeconds, transaction }, runtime)
}

/** Waits for the end and returns the last event with the exit code. */
export async function ending(
  run: HelperRun,
): Promise<{ code: number | null; event: HelperEvent | undefined }> {
  const code = await run.ended
  return { code, event: run.events.at(-1) }
}

/** Makes the bridge, and throws unless it is committed. Returns the transaction. */
export async function createBridge(lab: Lab, nic?: string, bridge?: string): Promise<string> {
  const run = startCreating(lab, await planned(lab, nic, bridge))
  const event = await run.seen('committed', ({ event: name }) => name === 'committed')
  await run.ended
  if (event.event !== 'committed') throw new Error('unreachable')
  return event.transaction
}

const isStep = (step: string, state: string) => (event: HelperEvent) =>
  event.event === 'step' && event.step === step && event.state === state

/** Resolves when a step of the helper begins or ends. */
export const stepSeen = (run: HelperRun, step: string, state: 'running' | 'done'): Promise<HelperEvent> =>
  run.seen(`${step} ${state}`, isStep(step, state))

export const transactionsIn = (lab: Lab): Promise<TransactionSummary[]> =>
  readTransactions(lab.path('/var/lib/patchbay/transactions'))

/** Looks until `condition` holds; throws with `what` after `milliseconds`. For states that send no event. */
export async function until(
  what: string,
  milliseconds: number,
  condition: () => Promise<boolean>,
): Promise<void> {
  const end = performance.now() + milliseconds
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`${what}: not within ${milliseconds / 1000} s`)
    await sleep(100)
  }
}

/** Between two looks that are to see the same. Milliseconds. */
const STILL_MS = 400

/** The state once two looks in a row see the same: managers write down some of it a moment after a change. */
export async function settledState(lab: Lab): Promise<HostState> {
  let last = await hostState(lab)
  await until('a network that comes to rest', 20_000, async () => {
    await sleep(STILL_MS)
    const now = await hostState(lab)
    const same = JSON.stringify(now) === JSON.stringify(last)
    last = now
    return same
  })
  return last
}
