import type { HelperEvent, StepName, UndoRequest } from '../../../shared/helper/protocol'
import { buildsOn, footprintOf } from '../../../shared/helper/undo-order'
import { PatchbayError } from '../../../shared/failure'
import type { HostFacts } from '../../host/facts'
import { immovableForeignRoute } from '../../host/bridge/foreign'
import { lookAtHost } from '../../host/look'
import { readTransactions } from '../../host/records/transactions'
import { openBackend } from '../backends/open'
import { foreignOn } from './carry'
import type { Channel } from '../protocol/channel'
import { findJournal, type Journal } from '../store/journal'
import { together, without } from '../kernel/carried'
import { withLeasesOf } from '../kernel/leases'
import { findLinkState, noState } from '../kernel/link-state'
import { momentNow } from '../kernel/moment'
import { destinationOf } from '../kernel/route-text'
import { prepareNets } from '../safety-nets/nets'
import { changeOf, readRecord, type TransactionRecord } from '../store/record'
import { step } from '../protocol/step'
import type { Matter } from './sides'
import { type Direction, transact } from './transact'
import { type Text, say } from '../../../shared/phrases/phrase'

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
    return await transact(channel, { journal, record, matter, ...request }, undoing(journal))
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
      throw refused(say('network-card', { nic }), say('put-back-try-again'))
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

const refused = (message: Text, hint: Text): PatchbayError =>
  new PatchbayError({ code: 'refused', message, hint })

function refuseUnlessInForce({ id, summary }: Journal): void {
  if (summary.state === 'undone')
    throw refused(say('change-undone-already', { id }), say('nothing-left-to-do'))
  if (summary.state !== 'committed' && summary.state !== 'rollback-failed') {
    throw refused(say('change-taken-back-never-took', { id }), say('nothing-left-to-do'))
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
      throw refused(say('change-came-later-builds', { id: other.id }), say('undo-first-2', { id: other.id }))
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
    say('machines-plugged-2', { bridge, taps: taps.join(', ') }),
    say('move-to-another-network-first'),
  )
}

const undoing = ({ summary }: Journal): Direction => ({
  to: 'nic',
  states: { underWay: 'undoing', end: 'undone' },
  words: { applied: ({ nic }) => `${nic} as it was before`, kept: ({ bridge }) => `${bridge} is removed` },
  keep: { when: 'disarmed', how: ({ backend, change }) => backend.keep('nic', change) },
  added: () => Promise.resolve([]),
  tidy: async ({ backend, change }) => backend.afterUndo?.(change),
  neverBegan: (journal) => journal.setState(summary.state, summary.failure),
  takenBack: (journal) => journal.setState('committed', null, summary.added),
  // The journal goes on saying that it is being undone.
  stuck: () => Promise.resolve(),
})
