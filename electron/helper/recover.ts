import type { HelperEvent, RollbackRequest } from '../../shared/helper-protocol'
import { type Failure, PatchbayError } from '../../shared/failure'
import { readTransactions } from '../host/transactions'
import type { Backend } from './backends/backend'
import type { Channel } from './channel'
import { findJournal, type Journal, readRecord } from './journal'
import { endingOf, rollBack } from './transaction'
import { restoredChecks } from './verify'

/**
 * Brings a change that is still marked `armed` to its end: its helper died, or the power went. What has not been
 * taken back yet is taken back now. Without a transaction in the request, the newest such one; when there is none,
 * the transactions are listed.
 * Throws a `PatchbayError` when the named one is not pending.
 */
export async function recover(
  request: RollbackRequest,
  channel: Channel,
  backend: Backend,
): Promise<HelperEvent> {
  const journal = await pendingJournal(request.transaction)
  if (!journal) return { event: 'status', transactions: await readTransactions() }
  channel.emit({ event: 'ready', transaction: journal.id, steps: ['roll-back'] })
  const cause = new PatchbayError({ code: 'rolled-back', message: 'The change was interrupted' })
  return endingOf(journal.id, await takeBack(journal, channel, backend, cause))
}

async function pendingJournal(id: string | undefined): Promise<Journal | null> {
  if (id === undefined) {
    const pending = (await readTransactions()).find(({ state }) => state === 'armed')
    return pending ? findJournal(pending.id) : null
  }
  const journal = await findJournal(id)
  if (journal.summary.state === 'armed') return journal
  throw new PatchbayError({
    code: 'refused',
    message: `The change ${id} is not pending: it is ${journal.summary.state}`,
    hint: 'A change that was kept is undone with “patchbay bridge undo”.',
  })
}

/**
 * Before a new change: settles what a dead helper left behind.
 * Throws a `PatchbayError` `busy` while its safety net is still about to act.
 */
export async function settleLeftovers(channel: Channel, backend: Backend): Promise<void> {
  for (const { id, state } of await readTransactions()) {
    if (state !== 'armed') continue
    const journal = await findJournal(id)
    const { armed } = await readRecord(journal)
    if (armed !== null && (await backend.findArmed(armed))) {
      throw new PatchbayError({
        code: 'busy',
        message: `The interrupted change ${id} is about to be taken back by itself`,
        hint: 'Wait a minute, and try again.',
      })
    }
    const cause = new PatchbayError({ code: 'rolled-back', message: 'The change was interrupted' })
    const failure = await takeBack(journal, { ...channel, emit: () => undefined }, backend, cause)
    if (failure.code !== 'rolled-back') throw new PatchbayError(failure)
  }
}

async function takeBack(
  journal: Journal,
  channel: Channel,
  backend: Backend,
  cause: PatchbayError,
): Promise<Failure> {
  const record = await readRecord(journal)
  const armed = record.armed === null ? null : await backend.findArmed(record.armed)
  const failure = await rollBack(channel, cause, {
    armed,
    async restore(deadline) {
      await backend.forgetBridge(record.change)
      await backend.settle(record.change, 'nic', record.change.lease, deadline)
    },
    verification: {
      link: record.change.nic,
      judge: (now) => restoredChecks(now, record.change, record.before),
    },
  })
  await journal.setState(failure.code === 'rolled-back' ? 'rolled-back' : 'rollback-failed', failure, [])
  return failure
}
