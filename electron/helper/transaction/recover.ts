import type { HelperEvent, RollbackRequest } from '../../../shared/helper/protocol'
import { type Failure, PatchbayError, toFailure, together } from '../../../shared/failure'
import type { TransactionSummary } from '../../../shared/helper/transaction'
import { readTransactions } from '../../host/records/transactions'
import { openBackend } from '../backends/open'
import type { Channel } from '../protocol/channel'
import { type Journal, journalOf } from '../store/journal'
import { leaseCame } from './lease-came'
import { disarmTimerAndBoot } from '../safety-nets/nets'
import { disarmTimer, isTimerArmed } from '../safety-nets/timer'
import { changeOf, type TransactionRecord } from '../store/record'
import { recoverFiles } from './recover-files'
import { endingOf, rollBack } from './stages'
import { isPending, isUnsettled, originOf, recordOrFailure } from './unsettled'
import { say } from '../../../shared/phrases/phrase'

/**
 * Brings a change that did not come to its end back to where it came from: its helper died, or the power went. Without a
 * transaction in the request, the newest such one. When there is none, or the named one has come to its end, the
 * transactions are listed.
 */
export async function recover(request: RollbackRequest, channel: Channel): Promise<HelperEvent> {
  if (request.boot === true) return recoverFiles()
  if (request.leased === true && request.transaction !== undefined) return leaseCame(request.transaction)
  const journal = await pendingJournal(request)
  if (!journal) return { event: 'status', transactions: await readTransactions() }
  channel.emit({ event: 'ready', transaction: journal.id, steps: ['roll-back'] })
  return endingOf(journal.id, await takeBack(journal, channel))
}

async function pendingJournal({ transaction: id }: RollbackRequest): Promise<Journal | null> {
  const transactions = await readTransactions()
  const found = transactions.find((one) => (id === undefined ? isPending(one) : one.id === id))
  if (found && isUnsettled(found)) return journalOf(found)
  // A safety net acted while the change came to its end, or where it never began: only the nets are left to remove.
  if (id !== undefined) await disarmNetsOf(id)
  return null
}

/** The unit for the next boot is there for all changes: it stays while another one needs it. */
async function disarmNetsOf(id: string): Promise<void> {
  const others = (await readTransactions()).filter((one) => one.id !== id)
  await (others.some(isPending) ? disarmTimer(id) : disarmTimerAndBoot(id))
}

/**
 * Before a new change: settles what dead helpers left behind. One that can't be settled is reported once, and is then a
 * rollback that failed: it keeps neither the others from being settled nor the user from going on.
 * Throws a `PatchbayError` `busy` while a safety net is still about to act.
 */
export async function settleLeftovers(channel: Channel): Promise<void> {
  const failures: Failure[] = []
  for (const summary of (await readTransactions()).filter(isPending)) {
    const failure = await settle(summary, channel)
    if (failure.code !== 'rolled-back') failures.push(failure)
  }
  const [first, ...more] = failures
  if (first !== undefined) throw new PatchbayError(together([first, ...more]))
}

async function settle(summary: TransactionSummary, channel: Channel): Promise<Failure> {
  try {
    const journal = journalOf(summary)
    if (!(await isArmed(journal))) return await takeBack(journal, { ...channel, emit: () => undefined })
  } catch (error) {
    return toFailure(error)
  }
  throw new PatchbayError({
    code: 'busy',
    message: say('interrupted-change-about-to-taken', { id: summary.id }),
    hint: say('wait-minute-try-again'),
  })
}

async function isArmed(journal: Journal): Promise<boolean> {
  if (await isTimerArmed(journal.id)) return true
  const record = await recordOrFailure(journal)
  if (!record.ok || record.value.armed === null) return false
  const backend = await openBackend(record.value.backend)
  try {
    return (await backend.findArmed(record.value.armed)) !== null
  } finally {
    backend.close()
  }
}

async function takeBack(journal: Journal, channel: Channel): Promise<Failure> {
  const record = await recordOrFailure(journal)
  if (record.ok) return takeBackAs(record.value, journal, channel)
  await journal.setState('rollback-failed', record.failure, [])
  return record.failure
}

async function takeBackAs(record: TransactionRecord, journal: Journal, channel: Channel): Promise<Failure> {
  const side = originOf(journal.summary)
  const backend = await openBackend(record.backend)
  try {
    const armed = record.armed === null ? null : await backend.findArmed(record.armed)
    const matter = { backend, change: changeOf(journal, record), before: record.before }
    const cause = new PatchbayError({ code: 'rolled-back', message: say('change-interrupted') })
    const failure = await rollBack(channel, cause, { armed, side, matter })
    if (failure.code !== 'rolled-back') {
      if (side === 'nic') await journal.setState('rollback-failed', failure, [])
      return failure
    }
    if (side === 'bridge') await journal.setState('committed')
    else await journal.setState('rolled-back', failure, [])
    await disarmNetsOf(journal.id)
    return failure
  } finally {
    backend.close()
  }
}
