import { createInterface } from 'node:readline'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { stepTitle } from '../../../electron/services/bridge'
import type { FullLab } from '../../lab'
import { planned, startCreating, startUndoing, stepSeen } from '../../lab/bridge-driver'
import type { Fault, Moment, Operation } from './fault'
import { english } from '../../../shared/phrases/english'

const CLI = join(import.meta.dirname, '../../../out/cli/patchbay.cjs')
const CLOCK = join(import.meta.dirname, 'clock-back.cjs')

/** The shortest armed time. Seconds. */
const ARMED = 10

/** An operation at work, whether its helper was started by the app or by hand. */
export interface Running {
  armedSeconds: number
  /** Resolves at the moment, or when the operation has ended without it. `usualMs`: what it takes from applying on. */
  reached(moment: Moment, usualMs: number): Promise<void>
  /** Kills what was started: the helper, or the app, with SIGKILL. */
  kill(): void
  closeInput(): void
  isOver(): boolean
  /** The last words, for the report. */
  last(): string
}

/** Starts the operation of a fault. `transaction`: the one to undo. */
export async function startOperation(
  lab: FullLab,
  { operation, kind }: Fault,
  transaction: string | null,
): Promise<Running> {
  if (kind === 'kill-app-and-helper') return startApp(lab, operation)
  const options = {
    timeoutSeconds: ARMED,
    runtime: kind === 'clock-back' ? ['--require', CLOCK] : [],
  }
  if (operation === 'undo' && transaction === null) throw new Error('there is nothing to undo')
  const run =
    operation === 'undo' && transaction !== null
      ? startUndoing(lab, transaction, options)
      : startCreating(lab, await planned(lab), options)
  let over = false
  void run.ended.then(() => (over = true))
  return {
    armedSeconds: ARMED,
    reached: ({ step, state, percent }, usualMs) =>
      reachedThen(stepSeen(run, step, state), (percent / 100) * usualMs),
    kill: () => run.child.kill('SIGKILL'),
    closeInput: () => {
      run.closeInput()
    },
    isOver: () => over,
    last: () => JSON.stringify(run.events.at(-1) ?? 'nothing was said'),
  }
}

async function reachedThen(event: Promise<unknown>, afterMs: number): Promise<void> {
  const seen = await event.then(
    () => true,
    () => false,
  )
  if (seen) await sleep(afterMs)
}

/** The command line, which starts the helper; its steps are read from what it says. */
function startApp(lab: FullLab, operation: Operation): Running {
  const confirm = operation === 'create' ? ['--confirm', 'auto'] : []
  const words = ['bridge', operation, '--timeout', String(ARMED), ...confirm]
  const child = lab.spawn([process.execPath, CLI, ...words], { stdio: ['pipe', 'ignore', 'pipe'] })
  const said: string[] = []
  const listeners = new Set<() => void>()
  let over = false
  const notify = (): void => {
    for (const listener of listeners) listener()
  }
  if (child.stderr === null) throw new Error('the command line was started without a pipe')
  child.stdin?.on('error', () => undefined)
  createInterface({ input: child.stderr }).on('line', (line) => {
    said.push(line)
    notify()
  })
  child.once('close', () => {
    over = true
    notify()
  })
  const heard = (words: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const isSaid = said.some((line) => line.startsWith(words))
        if (!isSaid && !over) return
        listeners.delete(look)
        if (isSaid) resolve()
        else reject(new Error(`never said: ${words}`))
      }
      listeners.add(look)
      look()
    })
  const subject = operation === 'create' ? 'bridge-create' : 'bridge-undo'
  return {
    armedSeconds: ARMED,
    reached: ({ step, state, percent }, usualMs) =>
      reachedThen(
        heard(`${state === 'running' ? '…' : '✓'} ${english(stepTitle(step, subject))}`),
        (percent / 100) * usualMs,
      ),
    kill: () => child.kill('SIGKILL'),
    closeInput: () => child.stdin?.end(),
    isOver: () => over,
    last: () => said.slice(-3).join(' | '),
  }
}
