import { readdir } from 'node:fs/promises'
import { TRANSACTIONS_DIR } from '../../../shared/helper/protocol'
import type { TransactionSummary } from '../../../shared/helper/transaction'
import { readTransactions } from '../../host/records/transactions'
import { exists, removeEntry } from '../root-files/files'

/** How many transactions are kept; those that are in force or not settled stay in any case. */
const KEPT = 10

/** Which transactions, given newest first, are forgotten. Pure. */
export function outdated(transactions: readonly TransactionSummary[]): string[] {
  return transactions
    .slice(KEPT)
    .filter(({ state }) => state === 'undone' || state === 'rolled-back')
    .map(({ id }) => id)
}

/**
 * Removes old transactions, and folders of changes that never began. What can't be removed is in nobody's way. Call it with the
 * lock held.
 */
export async function prune(): Promise<void> {
  const old = new Set(outdated(await readTransactions()))
  for (const { name } of await readdir(TRANSACTIONS_DIR, { withFileTypes: true })) {
    const path = `${TRANSACTIONS_DIR}/${name}`
    // What an interrupted write has left begins with a dot. A summary that can't be read is somebody's to look at.
    const isLeftover = name.startsWith('.') || !(await exists(`${path}/summary.json`))
    if (isLeftover || old.has(name)) await removeEntry(path).catch(() => undefined)
  }
}
