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
import { say, type Phrase, type Text } from '../../shared/phrases/phrase'

/** What the steps of one run of the helper are called; `ask` is the prompt for the password. */
export type Titles = (step: StepName | 'ask') => Text

/** The titles for making a bridge, and for undoing it. */
export const titlesOf =
  (kind: OperationSubject['kind']): Titles =>
  (step) =>
    stepTitle(step, kind)

/** One of these titles. */
export function stepTitle(step: StepName | 'ask', kind: OperationSubject['kind']): Text {
  switch (step) {
    case 'ask':
      return say('get-permission')
    case 'look':
      return say('look-at-host')
    case 'snapshot':
      return say('keep-snapshot')
    case 'arm':
      return say('arm-rollback')
    case 'apply':
      return kind === 'bridge-undo' ? say('remove-bridge') : say('make-bridge')
    case 'verify':
      return say('check-network')
    case 'confirm':
      return say('keep-these-settings')
    case 'commit':
      return say('make-last')
    case 'roll-back':
      return say('bring-network-back')
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
      const all = shown.map(({ name, detail }) => say('labelled', { name, detail }))
      progress.step(titles('verify'), bad.length === 0 ? 'done' : 'failed', say('clauses', { all }))
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
          summary: say('bridge-gone-network', { bridge: subject.bridge }),
          result: { kind: 'bridge-undone', transaction },
        }
      }
      const bridge = subject.kind === 'bridge-create' ? subject.bridge : say('the-bridge-2')
      const ready = say('bridge-is-ready', { bridge })
      return {
        summary: gapMs === null ? ready : say('sentences', { all: [ready, gapPhrase(gapMs)] }),
        result: { kind: 'bridge-created', transaction, gapMs },
      }
    }
    case 'rolled-back':
      throw new PatchbayError({ ...end.failure, code: 'rolled-back' })
    case 'failed':
      throw new PatchbayError(end.failure)
    case 'status':
    case 'additions':
      throw new PatchbayError({ code: 'protocol', message: say('helper-answered-another-question') })
  }
}

const gapPhrase = (gapMs: number): Phrase =>
  gapMs < 1 ? say('network-stayed-up') : say('network-was-gone', { ms: Math.round(gapMs) })

/** The fields that every armed request has; `seconds` from arming to the automatic rollback. */
export function armedFields(confirm: 'auto' | 'ask', seconds: number = ARMED_SECONDS.usual) {
  if (!Number.isInteger(seconds) || seconds < ARMED_SECONDS.least || seconds > ARMED_SECONDS.most) {
    throw new PatchbayError({
      code: 'usage',
      message: say('rollback-cannot-armed-for-seconds', { seconds }),
      hint: say('choose-whole-number', { least: ARMED_SECONDS.least, most: ARMED_SECONDS.most }),
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
    message: say('another-change-host-network-under', { title: other.title }),
    hint: say('wait-until-ended'),
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
    throw new PatchbayError({
      code: 'not-found',
      message:
        'transaction' in wanted
          ? say('no-change-to-undo', { transaction: wanted.transaction })
          : say('no-bridge-to-undo', { bridge: wanted.bridge }),
      shellHint: say('see-with-patchbay-snapshots'),
    })
  }
  if (found.state === 'committed') return found
  throw new PatchbayError({
    code: 'refused',
    message: say('change-cannot-undone', { id: found.id, state: found.state }),
    shellHint: say('see-patchbay-snapshots'),
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
    message: say('made-later-builds', { later: later.intent.bridge, wanted: wanted.intent.bridge }),
    hint: say('undo-first', { bridge: later.intent.bridge }),
    shellHint: say('undo-both-first-with-patchbay', { bridge: later.intent.bridge, id: wanted.id }),
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
      message: say('in-use', { bridge, names }),
      hint: say('moved-to-another-network-first'),
      shellHint: say('moved-first-patchbay-bridge-undo', { bridge }),
    })
  }
}
