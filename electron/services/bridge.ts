import { cablesOn, machinesOf } from '../../shared/world/cables'
import { buildsOn, footprintOf } from '../../shared/helper/undo-order'
import { PatchbayError } from '../../shared/failure'
import {
  ARMED_SECONDS,
  PROTOCOL_VERSION,
  type HelperEvent,
  type StepName,
} from '../../shared/helper/protocol'
import { isEnded, type OperationSubject } from '../../shared/world/operation'
import type { TransactionSummary } from '../../shared/helper/transaction'
import type { World } from '../../shared/world/world'
import type { HelperEnd } from './helper-process'
import type { Outcome, Progress } from './operations'

/** What the steps of one run of the helper are called; `ask` is the prompt for the password. */
export type Titles = (step: StepName | 'ask') => string

/** The titles for making a bridge, and for undoing it. */
export const titlesOf =
  (kind: OperationSubject['kind']): Titles =>
  (step) =>
    stepTitle(step, kind)

/** One of these titles. */
export function stepTitle(step: StepName | 'ask', kind: OperationSubject['kind']): string {
  switch (step) {
    case 'ask':
      return 'Get permission'
    case 'look':
      return 'Look at the host'
    case 'snapshot':
      return 'Keep a snapshot'
    case 'arm':
      return 'Arm the rollback'
    case 'apply':
      return kind === 'bridge-undo' ? 'Remove the bridge' : 'Make the bridge'
    case 'verify':
      return 'Check the network'
    case 'confirm':
      return 'Keep these settings?'
    case 'commit':
      return 'Make it last'
    case 'roll-back':
      return 'Bring the network back as it was'
  }
}

/** Shows in the operation what the helper tells while it works. */
export function follow(progress: Progress, titles: Titles, event: HelperEvent): void {
  switch (event.event) {
    case 'ready':
      progress.step(titles('ask'), 'done')
      // A rollback is announced when it happens, not before.
      progress.announce(event.steps.filter((step) => step !== 'roll-back').map(titles))
      return
    case 'step':
      progress.step(titles(event.step), event.state, event.detail)
      // The question was answered.
      if (event.step === 'confirm' && event.state !== 'running') progress.status({ state: 'running' })
      return
    case 'verified': {
      const bad = event.checks.filter((check) => !check.ok)
      const shown = bad.length === 0 ? event.checks : bad
      const detail = shown.map((check) => `${check.name}: ${check.detail}`).join('; ')
      progress.step(titles('verify'), bad.length === 0 ? 'done' : 'failed', detail)
      return
    }
    case 'confirm-needed':
      progress.step(titles('confirm'), 'running')
      progress.status({ state: 'confirm', until: Date.now() + event.seconds * 1000 })
      return
    case 'committed':
    case 'rolled-back':
    case 'failed':
    case 'status':
    case 'additions':
      return
  }
}

/**
 * The outcome of a helper run that committed.
 * @throws PatchbayError `rolled-back` or what else the helper said
 */
export function outcomeOf(end: HelperEnd, subject: OperationSubject): Outcome {
  switch (end.event) {
    case 'committed': {
      const { transaction, gapMs } = end
      if (subject.kind === 'bridge-undo') {
        return {
          summary: `The bridge ${subject.bridge} is gone, and the network is as it was before.`,
          result: { kind: 'bridge-undone', transaction },
        }
      }
      const bridge = subject.kind === 'bridge-create' ? subject.bridge : 'the bridge'
      const gap = gapMs === null ? '' : ` ${gapText(gapMs)}`
      return {
        summary: `${bridge} is ready: machines plugged into it are on the LAN.${gap}`,
        result: { kind: 'bridge-created', transaction, gapMs },
      }
    }
    case 'rolled-back':
      throw new PatchbayError({ ...end.failure, code: 'rolled-back' })
    case 'failed':
      throw new PatchbayError(end.failure)
    case 'status':
    case 'additions':
      throw new PatchbayError({ code: 'protocol', message: 'The helper answered another question.' })
  }
}

const gapText = (gapMs: number): string =>
  gapMs < 1 ? 'The network stayed up all the time.' : `The network was gone for ${Math.round(gapMs)} ms.`

/** The fields that every armed request has; `seconds` from arming to the automatic rollback. */
export function armedFields(confirm: 'auto' | 'ask', seconds: number = ARMED_SECONDS.usual) {
  if (!Number.isInteger(seconds) || seconds < ARMED_SECONDS.least || seconds > ARMED_SECONDS.most) {
    throw new PatchbayError({
      code: 'usage',
      message: `The rollback can’t be armed for ${seconds} seconds.`,
      hint: `Choose a whole number from ${ARMED_SECONDS.least} to ${ARMED_SECONDS.most}.`,
    })
  }
  return { version: PROTOCOL_VERSION, confirm, timeoutSeconds: seconds } as const
}

/** One change of the host at a time. @throws PatchbayError `busy` */
export function refuseSecondChange({ operations }: Pick<World, 'operations'>): void {
  const other = operations.find(
    ({ subject, ...operation }) =>
      (subject.kind === 'bridge-create' || subject.kind === 'bridge-undo') &&
      !isEnded({ subject, ...operation }),
  )
  if (other === undefined) return
  throw new PatchbayError({
    code: 'busy',
    message: `Another change of this host’s network is under way: ${other.title}.`,
    hint: 'Wait until it has ended.',
  })
}

/** The committed transaction that made a bridge, or the one with this id. @throws PatchbayError `not-found`, `refused` */
export function findTransaction(
  { transactions }: Pick<World, 'transactions'>,
  wanted: { transaction: string } | { bridge: string },
): TransactionSummary {
  const found =
    'transaction' in wanted
      ? transactions.find((one) => one.id === wanted.transaction)
      : transactions.find((one) => one.intent.bridge === wanted.bridge && one.state === 'committed')
  if (found === undefined) {
    const what =
      'transaction' in wanted
        ? `no change ${wanted.transaction}`
        : `no bridge ${wanted.bridge} made by Patchbay`
    throw new PatchbayError({
      code: 'not-found',
      message: `There is ${what} to undo on this host.`,
      shellHint: 'See what there is with: patchbay snapshots',
    })
  }
  if (found.state === 'committed') return found
  throw new PatchbayError({
    code: 'refused',
    message: `The change ${found.id} can’t be undone: it is ${found.state}.`,
    shellHint: 'See: patchbay snapshots',
  })
}

/** Refuses to take away what a later change stands on. @throws PatchbayError `refused` */
export function refuseBuiltUpon({ transactions, host }: World, wanted: TransactionSummary): void {
  const own = footprintOf(wanted, wanted.added, host.links)
  const later = transactions.find(
    (other) => other.state === 'committed' && buildsOn(footprintOf(other, other.added, host.links), own),
  )
  if (later === undefined) return
  throw new PatchbayError({
    code: 'refused',
    message: `${later.intent.bridge} was made later and builds on ${wanted.intent.bridge}.`,
    hint: `Undo ${later.intent.bridge} first.`,
    shellHint: `Undo both, ${later.intent.bridge} first, with: patchbay snapshot restore ${wanted.id}`,
  })
}

/** Refuses to take bridges away from under running machines. @throws PatchbayError `refused` */
export function refuseBridgeInUse(
  world: Pick<World, 'machines' | 'networks'>,
  bridges: readonly string[],
): void {
  for (const bridge of bridges) {
    const [first, ...more] = machinesOf(cablesOn([bridge], world).filter(({ running }) => running))
    if (first === undefined) continue
    const names = [first, ...more].map(({ name }) => name).join(', ')
    throw new PatchbayError({
      code: 'refused',
      message: `${bridge} is in use by ${names}.`,
      hint: 'Have them moved to another network first.',
      shellHint: `Have them moved first: patchbay bridge undo --name ${bridge} --move-to nat`,
    })
  }
}
