import type { HelperEvent } from '../../../shared/helper/protocol'
import type { Failure } from '../../../shared/failure'
import type { HostFacts } from '../../host/facts'
import { type Change, linkOf, type Side } from '../change/change'
import type { Proof } from '../change/proofs'
import { measureOutage } from '../kernel/outage'
import type { Channel } from '../protocol/channel'
import { step } from '../protocol/step'
import { endLeaseWatches } from '../safety-nets/lease-watch'
import { armNets, disarmAll, type SafetyNets } from '../safety-nets/nets'
import type { Journal } from '../store/journal'
import { type TransactionRecord, writeRecord } from '../store/record'
import { carryAlong, notCarried } from './carry'
import { type Matter, sideProofs } from './sides'
import { confirmStep, endingOf, rollBack, type Schedule, scheduleFor, verifyStep } from './stages'

/** A transaction that is ready to begin: what it needs to be taken back is on disk, and nothing is changed yet. */
export interface Transaction {
  journal: Journal
  record: TransactionRecord
  matter: Matter
  timeoutSeconds: number
  confirm: 'auto' | 'ask'
}

/** All that making a bridge and undoing it do not have in common. */
export interface Direction {
  /** The side that the network goes to; a rollback leads to the other one. */
  to: Side
  /** What the journal says while the nets are armed, and once the change is kept. */
  states: { underWay: 'armed' | 'undoing'; end: 'committed' | 'undone' }
  /** What stands once it is applied and once it is kept, in words. */
  words: { applied: (change: Change) => string; kept: (change: Change) => string }
  /** Makes the change last. `armed`: while the manager's own net could still take it back; else once that is disarmed. */
  keep: { when: 'armed' | 'disarmed'; how: (matter: Matter) => Promise<void> }
  /** The files that the journal says the change has added, once it is kept. */
  added: (matter: Matter) => Promise<string[]>
  /** Removes what only the way back needed; it is kept by then, whatever may be left over. */
  tidy?: (matter: Matter) => Promise<void>
  /** The journal where the nets could not be armed: nothing was changed. */
  neverBegan: (journal: Journal) => Promise<void>
  /** The journal after a rollback. */
  takenBack: (journal: Journal, failure: Failure) => Promise<void>
  /** The journal after a rollback that did not work; the timer tries again. */
  stuck: (journal: Journal, failure: Failure) => Promise<void>
}

/**
 * Carries a transaction out: arm, change, verify, have it confirmed, keep; or roll back. This order is the promise that the host
 * is never stranded, so it stands here and nowhere else. Returns the last event: `committed`, `rolled-back` or `failed`. Throws
 * what kept the nets from being armed; nothing is changed then.
 */
export async function transact(
  channel: Channel,
  transaction: Transaction,
  direction: Direction,
): Promise<HelperEvent> {
  const { journal, matter } = transaction
  const schedule = scheduleFor(transaction.timeoutSeconds)
  const nets = await arm(channel, transaction, direction)
  try {
    const gapMs = await changeAndVerify(channel, matter, direction, schedule)
    if (transaction.confirm === 'ask') await confirmStep(channel, schedule)
    await keep(channel, transaction, direction, nets)
    return { event: 'committed', transaction: journal.id, gapMs }
  } catch (cause) {
    const side = direction.to === 'nic' ? 'bridge' : 'nic'
    const failure = await rollBack(channel, cause, { armed: nets.armed, side, matter })
    if (failure.code === 'rolled-back') {
      await direction.takenBack(journal, failure)
      await disarmAll(nets)
    } else {
      await direction.stuck(journal, failure)
    }
    return endingOf(journal.id, failure)
  }
}

function arm(
  channel: Channel,
  { journal, record, matter, timeoutSeconds }: Transaction,
  { states, neverBegan }: Direction,
): Promise<SafetyNets> {
  return step(channel, 'arm', async () => {
    let nets: SafetyNets | null = null
    try {
      nets = await armNets(matter.backend, matter.change, timeoutSeconds)
      // Only now: should this helper die before, nothing has changed; later, the nets settle it.
      await journal.setState(states.underWay)
      await writeRecord(journal, { ...record, armed: nets.armed?.token ?? null })
      return { value: nets, detail: `taken back by itself after ${timeoutSeconds} s` }
    } catch (error) {
      if (nets !== null) await disarmAll(nets)
      await neverBegan(journal)
      throw error
    }
  })
}

/** Returns how long the gateway was out of reach while a bridge was made, in milliseconds; null where nobody has measured. */
async function changeAndVerify(
  channel: Channel,
  matter: Matter,
  { to, words }: Direction,
  schedule: Schedule,
): Promise<number | null> {
  const { backend, change, before } = matter
  const signal = channel.abandoned
  const endOfGap = measureOutage(to === 'bridge' ? (before.gateways[0] ?? null) : null)
  try {
    await step(channel, 'apply', async () => {
      await endLeaseWatches()
      await backend.apply(to, change, { signal, deadline: schedule.tryUntil })
      await carryAlong(to, change)
      signal.throwIfAborted()
      return { value: undefined, detail: words.applied(change) }
    })
    const judge = (now: HostFacts): Promise<Proof[]> => sideProofs(to, matter, now, false)
    const verification = { judge, link: linkOf(to, change), gateways: before.gateways }
    await verifyStep(channel, verification, schedule.tryUntil)
  } catch (error) {
    endOfGap()
    throw error
  }
  return endOfGap()
}

function keep(
  channel: Channel,
  { journal, matter }: Transaction,
  { to, states, words, keep: { when, how }, added, tidy }: Direction,
  nets: SafetyNets,
): Promise<void> {
  return step(channel, 'commit', async () => {
    // Once more: by now the manager has come to rest.
    const lost = await carryAlong(to, matter.change)
    if (when === 'armed') await how(matter)
    channel.abandoned.throwIfAborted()
    await nets.disarmManager()
    if (when === 'disarmed') await how(matter)
    await journal.setState(states.end, null, await added(matter))
    await nets.disarm()
    await tidy?.(matter).catch(() => undefined)
    return { value: undefined, detail: `${words.kept(matter.change)}${notCarried(lost)}` }
  })
}
