import { dirname } from 'node:path'
import { type Failure, toFailure } from '../../../shared/failure'
import { err, ok, type Result } from '../../../shared/result'
import type { TransactionState, TransactionSummary } from '../../../shared/helper/transaction'
import type { Side } from '../change/change'
import type { Journal } from '../store/journal'
import { readRecord, type TransactionRecord } from '../store/record'
import { english } from '../../../shared/phrases/english'
import { say } from '../../../shared/phrases/phrase'

/** Changes that did not come to their end. */

export const isPending = ({ state }: Pick<TransactionSummary, 'state'>): boolean =>
  state === 'armed' || state === 'undoing'

/** Failed rollbacks are tried again on request, as the timer does. */
export const isUnsettled = (summary: Pick<TransactionSummary, 'state'>): boolean =>
  isPending(summary) || summary.state === 'rollback-failed'

/** Where an interrupted change goes back to. */
export const originOf = ({ state }: { state: TransactionState }): Side =>
  state === 'undoing' ? 'bridge' : 'nic'

/**
 * Those, out of all from the newest to the oldest, whose files are put back while the computer starts. A rollback that failed
 * is none any more once a later change was begun: by then somebody has looked after it. Pure.
 */
export const leftForBoot = (transactions: readonly TransactionSummary[]): TransactionSummary[] =>
  transactions.filter((one, index) => isPending(one) || (index === 0 && isUnsettled(one)))

/** The record, or what to say when it can't be read: nothing can take that change back by itself then. */
export async function recordOrFailure(journal: Journal): Promise<Result<TransactionRecord>> {
  try {
    return ok(await readRecord(journal))
  } catch (error) {
    return err(unreadable(journal, error))
  }
}

function unreadable({ id, snapshotFolder }: Journal, error: unknown): Failure {
  const { message, detail = english(message) } = toFailure(error)
  return {
    code: 'rollback-failed',
    message: say('interrupted-change-cannot-taken-back', { id }),
    hint: say('compare-network-configuration-with-copies', {
      snapshotFolder,
      folder: dirname(snapshotFolder),
    }),
    detail,
  }
}
