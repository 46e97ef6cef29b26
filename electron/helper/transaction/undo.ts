import type { HelperEvent, StepName, UndoRequest } from '../../../shared/helper/protocol'
import { buildsOn, footprintOf } from '../../../shared/helper/undo-order'
import { PatchbayError } from '../../../shared/failure'
import type { HostFacts } from '../../host/facts'
import { immovableForeignRoute } from '../../host/bridge/foreign'
import { lookAtHost } from '../../host/look'
import { readTransactions } from '../../host/records/transactions'
import { openBackend } from '../backends/open'
import { carryAlong, foreignOn, notCarried } from './carry'
import type { Channel } from '../protocol/channel'
import { findJournal, type Journal } from '../store/journal'
import { together, without } from '../kernel/carried'
import { withLeasesOf } from '../kernel/leases'
import { findLinkState, noState } from '../kernel/link-state'
import { momentNow } from '../kernel/moment'
import { destinationOf } from '../kernel/route-text'
import { endLeaseWatches } from '../safety-nets/lease-watch'
import { armNets, disarmAll, prepareNets, type SafetyNets } from '../safety-nets/nets'
import { changeOf, readRecord, type TransactionRecord, writeRecord } from '../store/record'
import { step } from '../protocol/step'
import { type Matter, sideChecks } from './sides'
import { confirmStep, endingOf, rollBack, type Schedule, scheduleFor, verifyStep } from './stages'
import type { Check } from '../change/verify'

/**
 * Undoes a committed change, as a transaction of its own: the NIC gets its network back, and what was added is
 * removed. Returns the last event: `committed`, `rolled-back` (the bridge works on), or `failed`.
 * Throws a `PatchbayError` when it is refused before anything was changed.
 */
export async function undo(request: UndoRequest, channel: Channel): Promise<HelperEvent> {
  channel.emit({ event: 'ready', transaction: request.transaction, steps: stepsOf(request) })
  const { journal, record, gone } = await look(request, channel)
  const backend = await openBackend(record.backend)
  try {
    const matter = { backend, change: changeOf(journal, record), before: record.before }
    if (gone) return await forget(journal, matter)
    await backend.beforeUndo?.(matter.change)
    channel.abandoned.throwIfAborted()
    return await transact(request, channel, { journal, record }, matter)
  } finally {
    backend.close()
  }
}

function stepsOf({ confirm }: UndoRequest): StepName[] {
  return ['look', 'arm', 'apply', 'verify', ...(confirm === 'ask' ? ['confirm' as const] : []), 'commit']
}

interface Found {
  journal: Journal
  record: TransactionRecord
}

function look({ transaction }: UndoRequest, channel: Channel): Promise<Found & { gone: boolean }> {
  return step(channel, 'look', async () => {
    const journal = await findJournal(transaction)
    refuseUnlessInForce(journal)
    const facts = await lookAtHost()
    const record = await withPresentLeases(await asItIsNow(await readRecord(journal), facts))
    await refuseUnlessLast(journal, record, facts)
    const { nic, bridge } = record
    refuseWithTaps(facts, nic, bridge)
    const left = immovableForeignRoute(facts, bridge)
    if (left) throw new PatchbayError(left)
    if (!facts.host.links.some(({ name }) => name === nic)) {
      throw refused(`The network card ${nic} is not there`, 'Put it back, and try again.')
    }
    const gone = await isGone(journal, record, facts)
    if (!gone) await prepareNets()
    return {
      value: { journal, record, gone },
      detail: gone ? 'the bridge is gone already' : `${bridge} with ${nic}`,
    }
  })
}

/**
 * The record with what the bridge has now beside its manager's, in place of what the NIC had then. A route that somebody has
 * withdrawn since does not come back.
 */
async function asItIsNow(record: TransactionRecord, facts: HostFacts): Promise<TransactionRecord> {
  const { bridge, kernel, carried: then } = record
  const carried = await foreignOn(facts, bridge)
  if (carried === null) return record
  const gone = without(then ?? noState(bridge), carried)
  // Without addresses and a default route nobody is helped: what had them gets them back.
  const routes = gone.routes.filter((route) => destinationOf(route) !== 'default')
  const withdrawn = { ...gone, addresses: [], routes }
  return { ...record, carried, kernel: together(without(kernel, withdrawn), carried) }
}

/** The network has lain on the bridge since, with what the router has given by now: a rollback keeps that, and no longer. */
async function withPresentLeases(record: TransactionRecord): Promise<TransactionRecord> {
  const present = await findLinkState(record.bridge)
  return { ...record, kernel: withLeasesOf(present, record.kernel, await momentNow()) }
}

/** Neither the link nor any file of the bridge's side is left, as after a reboot when nothing was to last. */
async function isGone(journal: Journal, record: TransactionRecord, facts: HostFacts): Promise<boolean> {
  if (facts.host.links.some(({ name }) => name === record.bridge)) return false
  const profiles = facts.networkManager?.profiles ?? []
  if (profiles.some(({ interfaceName }) => interfaceName === record.bridge)) return false
  return (await changeOf(journal, record).files.differing('nic', true)).length === 0
}

async function forget(journal: Journal, { backend, change }: Matter): Promise<HelperEvent> {
  await backend.keep('nic', change)
  await journal.setState('undone', null, [])
  return { event: 'committed', transaction: journal.id, gapMs: null }
}

const refused = (message: string, hint: string): PatchbayError =>
  new PatchbayError({ code: 'refused', message, hint })

function refuseUnlessInForce({ id, summary }: Journal): void {
  if (summary.state === 'undone')
    throw refused(`The change ${id} is undone already`, 'Nothing is left to do.')
  if (summary.state !== 'committed' && summary.state !== 'rollback-failed') {
    throw refused(`The change ${id} was taken back and never took effect`, 'Nothing is left to do.')
  }
}

async function refuseUnlessLast(
  { summary }: Journal,
  { files }: TransactionRecord,
  { host }: HostFacts,
): Promise<void> {
  const own = footprintOf(summary, files, host.links)
  for (const other of await readTransactions()) {
    if (other.id <= summary.id || other.state !== 'committed') continue
    const { files: others } = await readRecord(await findJournal(other.id))
    if (buildsOn(footprintOf(other, others, host.links), own)) {
      throw refused(`The change ${other.id} came later and builds on it`, `Undo ${other.id} first.`)
    }
  }
}

/** Machines on the bridge would lose their network without a word. */
function refuseWithTaps({ host }: HostFacts, nic: string, bridge: string): void {
  const taps = host.links
    .filter(({ name, master }) => master === bridge && name !== nic)
    .map(({ name }) => name)
  if (taps.length === 0) return
  throw refused(
    `Machines are plugged into ${bridge} (${taps.join(', ')})`,
    'Move them to another network first: patchbay connect MACHINE nat',
  )
}

async function transact(
  request: UndoRequest,
  channel: Channel,
  { journal, record }: Found,
  matter: Matter,
): Promise<HelperEvent> {
  const schedule = scheduleFor(request.timeoutSeconds)
  const { added } = journal.summary
  const nets = await step(channel, 'arm', async () => {
    const armed = await armNets(matter.backend, matter.change, request.timeoutSeconds)
    try {
      // Only now: should this helper die before, nothing has changed; later, the nets settle it.
      await journal.setState('undoing')
      await writeRecord(journal, { ...record, armed: armed.armed?.token ?? null })
      return { value: armed, detail: `taken back by itself after ${request.timeoutSeconds} s` }
    } catch (error) {
      await disarmAll(armed)
      await journal.setState('committed')
      throw error
    }
  })
  try {
    return await change(request, channel, journal, nets, matter, schedule)
  } catch (cause) {
    const failure = await rollBack(channel, cause, { armed: nets.armed, side: 'bridge', matter })
    // Otherwise the timer tries again.
    if (failure.code === 'rolled-back') {
      await journal.setState('committed', null, added)
      await disarmAll(nets)
    }
    return endingOf(journal.id, failure)
  }
}

async function change(
  request: UndoRequest,
  channel: Channel,
  journal: Journal,
  nets: SafetyNets,
  matter: Matter,
  schedule: Schedule,
): Promise<HelperEvent> {
  const { backend, change: undone, before } = matter
  const signal = channel.abandoned
  await step(channel, 'apply', async () => {
    await endLeaseWatches()
    await backend.apply('nic', undone, { signal, deadline: schedule.tryUntil })
    await carryAlong('nic', undone)
    signal.throwIfAborted()
    return { value: undefined, detail: `${undone.nic} as it was before` }
  })
  const judge = (now: HostFacts): Promise<Check[]> => sideChecks('nic', matter, now, false)
  await verifyStep(channel, { judge, link: undone.nic, gateways: before.gateways }, schedule.tryUntil)
  if (request.confirm === 'ask') await confirmStep(channel, schedule)
  await step(channel, 'commit', async () => {
    const lost = await carryAlong('nic', undone)
    signal.throwIfAborted()
    await nets.disarmManager()
    await backend.keep('nic', undone)
    await journal.setState('undone', null, [])
    await nets.disarm()
    // It is undone by now, whatever may be left over.
    await backend.afterUndo?.(undone).catch(() => undefined)
    return { value: undefined, detail: `${undone.bridge} is removed${notCarried(lost)}` }
  })
  return { event: 'committed', transaction: journal.id, gapMs: null }
}
