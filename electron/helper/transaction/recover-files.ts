import type { HelperEvent } from '../../../shared/helper/protocol'
import { type Failure, toFailure, together } from '../../../shared/failure'
import type { TransactionSummary } from '../../../shared/helper/transaction'
import { readTransactions } from '../../host/records/transactions'
import { journalOf } from '../store/journal'
import { disarmBoot } from '../safety-nets/boot'
import { changeOf, readRecord } from '../store/record'
import { leftForBoot, originOf } from './unsettled'
import { english } from '../../../shared/phrases/english'
import { say } from '../../../shared/phrases/phrase'

/**
 * While the computer starts and no network manager runs: puts the files of every interrupted change back, from which the
 * managers will then make the network as it was. One that can't be put back keeps no other one from it; it is reported,
 * and tried again at the next start.
 */
export async function recoverFiles(): Promise<HelperEvent> {
  const failures: Failure[] = []
  for (const summary of leftForBoot(await readTransactions())) {
    try {
      await putFilesBack(summary)
    } catch (error) {
      failures.push(await putDown(summary, error))
    }
  }
  const [first, ...more] = failures
  if (first !== undefined) return { event: 'failed', failure: together([first, ...more]) }
  await disarmBoot()
  return { event: 'status', transactions: await readTransactions() }
}

async function putFilesBack(summary: TransactionSummary): Promise<void> {
  const journal = journalOf(summary)
  const side = originOf(summary)
  await changeOf(journal, await readRecord(journal)).files.put(side)
  if (side === 'bridge') await journal.setState('committed')
  else await journal.setState('rolled-back', afterPowerLoss, [])
}

const afterPowerLoss: Failure = {
  code: 'rolled-back',
  message: say('computer-switched-off-during-change'),
}

/** Writes down, where that works, what could not be put back. */
async function putDown(summary: TransactionSummary, error: unknown): Promise<Failure> {
  const journal = journalOf(summary)
  const { message, detail = english(message) } = toFailure(error)
  const failure: Failure = {
    code: 'rollback-failed',
    message: say('after-computer-switched-off-during', { id: summary.id, message }),
    hint: say('tried-again-at-next-start', { snapshotFolder: journal.snapshotFolder }),
    detail,
  }
  // An interrupted undo stays one, so that it is known where it goes back to.
  if (originOf(summary) === 'nic') {
    await journal.setState('rollback-failed', failure, []).catch(() => undefined)
  }
  return failure
}
