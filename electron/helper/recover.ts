import type { HelperEvent, RollbackRequest } from '../../shared/helper-protocol'
import { type Failure, PatchbayError } from '../../shared/failure'
import type { TransactionState, TransactionSummary } from '../../shared/transaction'
import { readTransactions } from '../host/transactions'
import { openBackend } from './backends/open'
import type { Side } from './change'
import type { Channel } from './channel'
import { findJournal, type Journal } from './journal'
import { disarmTimerAndBoot } from './nets/nets'
import { disarmBoot } from './nets/boot'
import { isTimerArmed } from './nets/timer'
import { changeOf, readRecord } from './record'
import { endingOf, rollBack } from './transaction'

/**
 * Brings a change that did not come to its end back to where it came from: its helper died, or the power went. Without a
 * transaction in the request, the newest such one. When there is none, or the named one has come to its end, the
 * transactions are listed.
 */
export async function recover(request: RollbackRequest, channel: Channel): Promise<HelperEvent> {
  if (request.boot === true) return recoverFiles()
  const journal = await pendingJournal(request)
  if (!journal) return { event: 'status', transactions: await readTransactions() }
  channel.emit({ event: 'ready', transaction: journal.id, steps: ['roll-back'] })
  return endingOf(journal.id, await takeBack(journal, channel, interrupted()))
}

const interrupted = (): PatchbayError =>
  new PatchbayError({ code: 'rolled-back', message: 'The change was interrupted' })

const isPending = (state: TransactionState): boolean => state === 'armed' || state === 'undoing'

/** Failed rollbacks are tried again on request, as the timer does. */
const isUnsettled = (state: TransactionState): boolean => isPending(state) || state === 'rollback-failed'

async function pendingJournal({ transaction: id }: RollbackRequest): Promise<Journal | null> {
  if (id === undefined) {
    const pending = (await readTransactions()).find(({ state }) => isPending(state))
    return pending ? findJournal(pending.id) : null
  }
  const found = (await readTransactions()).find((one) => one.id === id)
  if (found && isUnsettled(found.state)) return findJournal(id)
  // A safety net acted while the change came to its end, or where it never began: only the nets are left to remove.
  await disarmTimerAndBoot(id)
  return null
}

/** Where an interrupted change goes back to. */
const originOf = ({ state }: Pick<TransactionSummary, 'state'>): Side =>
  state === 'undoing' ? 'bridge' : 'nic'

/**
 * While the computer starts and no network manager runs: puts the files back, from which the managers will then make the
 * network as it was.
 */
async function recoverFiles(): Promise<HelperEvent> {
  for (const { id, state } of await readTransactions()) {
    if (!isUnsettled(state)) continue
    const journal = await findJournal(id)
    const side = originOf({ state })
    await changeOf(journal, await readRecord(journal)).files.put(side)
    if (side === 'bridge') await journal.setState('committed')
    else await journal.setState('rolled-back', afterPowerLoss, [])
  }
  await disarmBoot()
  return { event: 'status', transactions: await readTransactions() }
}

const afterPowerLoss: Failure = {
  code: 'rolled-back',
  message: 'The computer was switched off during the change. Everything was put back as it was before.',
}

/**
 * Before a new change: settles what a dead helper left behind.
 * Throws a `PatchbayError` `busy` while its safety net is still about to act.
 */
export async function settleLeftovers(channel: Channel): Promise<void> {
  for (const { id, state } of await readTransactions()) {
    if (!isPending(state)) continue
    const journal = await findJournal(id)
    if (await isArmed(journal)) {
      throw new PatchbayError({
        code: 'busy',
        message: `The interrupted change ${id} is about to be taken back by itself`,
        hint: 'Wait a minute, and try again.',
      })
    }
    const failure = await takeBack(journal, { ...channel, emit: () => undefined }, interrupted())
    if (failure.code !== 'rolled-back') throw new PatchbayError(failure)
  }
}

async function isArmed(journal: Journal): Promise<boolean> {
  if (await isTimerArmed(journal.id)) return true
  const { armed, backend: name } = await readRecord(journal)
  if (armed === null) return false
  const backend = await openBackend(name)
  try {
    return (await backend.findArmed(armed)) !== null
  } finally {
    backend.close()
  }
}

async function takeBack(journal: Journal, channel: Channel, cause: PatchbayError): Promise<Failure> {
  const record = await readRecord(journal)
  const side = originOf(journal.summary)
  const backend = await openBackend(record.backend)
  try {
    const armed = record.armed === null ? null : await backend.findArmed(record.armed)
    const matter = { backend, change: changeOf(journal, record), before: record.before }
    const failure = await rollBack(channel, cause, { armed, side, matter })
    if (failure.code !== 'rolled-back') {
      if (side === 'nic') await journal.setState('rollback-failed', failure, [])
      return failure
    }
    if (side === 'bridge') await journal.setState('committed')
    else await journal.setState('rolled-back', failure, [])
    await disarmTimerAndBoot(journal.id)
    return failure
  } finally {
    backend.close()
  }
}
