import type { HelperEvent, StepName, UndoRequest } from '../../shared/helper-protocol'
import { PatchbayError } from '../../shared/failure'
import type { HostFacts } from '../host/facts'
import { lookAtHost } from '../host/look'
import { readTransactions } from '../host/transactions'
import type { Armed, Backend } from './backends/backend'
import type { Channel } from './channel'
import { findJournal, type Journal, readRecord, type TransactionRecord } from './journal'
import { step } from './session'
import { savedCopy } from './snapshot'
import { confirmStep, endingOf, rollBack, type Schedule, scheduleFor, verifyStep } from './transaction'
import { bridgeChecks, restoredChecks } from './verify'

/**
 * Undoes a committed change, as a transaction of its own: the NIC gets its own profile back, and what was added is
 * removed. Returns the last event: `committed`, `rolled-back` (the bridge works on), or `failed`.
 * Throws a `PatchbayError` when it is refused before anything was changed.
 */
export async function undo(request: UndoRequest, channel: Channel, backend: Backend): Promise<HelperEvent> {
  const id = request.transaction
  channel.emit({ event: 'ready', transaction: id, steps: stepsOf(request) })
  const { journal, record, facts, gone } = await look(request, channel)
  if (gone) {
    await backend.forgetBridge(record.change)
    await journal.setState('undone', null, [])
    return { event: 'committed', transaction: id, gapMs: null }
  }
  channel.abandoned.throwIfAborted()
  const schedule = scheduleFor(request.timeoutSeconds)
  const armed = await step(channel, 'arm', async () => ({
    value: await backend.arm([record.change.nic, record.change.bridge], request.timeoutSeconds),
    detail: `taken back by itself after ${request.timeoutSeconds} s`,
  }))
  try {
    return await change(request, channel, backend, { journal, record }, armed, schedule)
  } catch (cause) {
    const { change: kept, before } = record
    const lease = backend.leaseOn(facts, kept.bridge)
    const failure = await rollBack(channel, cause, {
      armed,
      restore: (deadline) => backend.settle(kept, 'bridge', lease, deadline),
      verification: { link: kept.bridge, judge: (now) => bridgeChecks(now, kept, before) },
    })
    return endingOf(id, failure)
  }
}

function stepsOf({ confirm }: UndoRequest): StepName[] {
  return ['look', 'arm', 'apply', 'verify', ...(confirm === 'ask' ? ['confirm' as const] : []), 'commit']
}

interface Found {
  journal: Journal
  record: TransactionRecord
}

function look(
  { transaction }: UndoRequest,
  channel: Channel,
): Promise<Found & { facts: HostFacts; gone: boolean }> {
  return step(channel, 'look', async () => {
    const journal = await findJournal(transaction)
    await refuseUnlessUndoable(journal)
    const record = await readRecord(journal)
    const facts = await lookAtHost()
    const { nic, bridge, profiles } = record.change
    refuseWithTaps(facts, nic, bridge)
    if (!facts.host.links.some(({ name }) => name === nic)) {
      throw refused(`The network card ${nic} is not there`, 'Put it back, or remove the profiles by hand.')
    }
    const ours = facts.networkManager?.profiles.some(({ uuid }) => Object.values(profiles).includes(uuid))
    const gone = ours === false && !facts.host.links.some(({ name }) => name === bridge)
    const detail = gone ? 'the bridge is gone already' : `${bridge} with ${nic}`
    return { value: { journal, record, facts, gone }, detail }
  })
}

const refused = (message: string, hint: string): PatchbayError =>
  new PatchbayError({ code: 'refused', message, hint })

async function refuseUnlessUndoable({ id, summary }: Journal): Promise<void> {
  if (summary.state === 'undone')
    throw refused(`The change ${id} is undone already`, 'Nothing is left to do.')
  if (summary.state !== 'committed' && summary.state !== 'rollback-failed') {
    throw refused(`The change ${id} was taken back and never took effect`, 'Nothing is left to do.')
  }
  const newer = (await readTransactions()).find((other) => other.id > id && other.state === 'committed')
  if (newer) {
    throw refused(`The change ${newer.id} came later and builds on it`, `Undo ${newer.id} first.`)
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

async function change(
  request: UndoRequest,
  channel: Channel,
  backend: Backend,
  { journal, record }: Found,
  armed: Armed,
  schedule: Schedule,
): Promise<HelperEvent> {
  const { change: undone, before } = record
  const signal = channel.abandoned
  await step(channel, 'apply', async () => {
    const { file } = undone.original
    const saved = file === null ? null : await savedCopy(journal.snapshotFolder, file)
    await backend.removeBridge(undone, saved, { signal, deadline: schedule.tryUntil })
    signal.throwIfAborted()
    return { value: undefined, detail: `“${undone.original.id}” is active on ${undone.nic}` }
  })
  const verification = {
    judge: (now: HostFacts) => restoredChecks(now, undone, before),
    link: undone.nic,
    gateways: before.gateways,
  }
  await verifyStep(channel, verification, schedule.tryUntil)
  if (request.confirm === 'ask') await confirmStep(channel, schedule)
  await step(channel, 'commit', async () => {
    signal.throwIfAborted()
    await backend.forgetBridge(undone)
    await armed.disarm()
    await journal.setState('undone', null, [])
    return { value: undefined, detail: `${undone.bridge} and its profiles are removed` }
  })
  return { event: 'committed', transaction: journal.id, gapMs: null }
}
