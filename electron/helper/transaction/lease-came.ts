import type { HelperEvent } from '../../../shared/helper/protocol'
import { readTransactions } from '../../host/records/transactions'
import { openBackend } from '../backends/open'
import { lookAtHost } from '../../host/look'
import { linkOf, type Side } from '../change/change'
import { carryAlong, foreignOn } from './carry'
import { journalOf } from '../store/journal'
import { endLeaseWatches } from '../safety-nets/lease-watch'
import { changeOf, readRecord } from '../store/record'
import { originOf } from './unsettled'
import type { TransactionState } from '../../../shared/helper/transaction'

/**
 * Looks whether the manager has got a lease since a rollback that had to do without, and hands the link over to it then. Called
 * by what `watchLease` and the DHCP client's unit start. A transaction that is gone or undone has nothing left to hand over.
 */
export async function leaseCame(transaction: string): Promise<HelperEvent> {
  const transactions = await readTransactions()
  const summary = transactions.find(({ id }) => id === transaction)
  const side = summary === undefined ? null : sideIn(summary.state)
  if (summary === undefined || side === null || (await isHandedOver(side, journalOf(summary)))) {
    await endLeaseWatches()
  }
  return { event: 'status', transactions }
}

async function isHandedOver(side: Side, journal: ReturnType<typeof journalOf>): Promise<boolean> {
  const record = await readRecord(journal)
  const backend = await openBackend(record.backend)
  try {
    const change = changeOf(journal, record)
    // A manager that begins with the link anew takes its addresses off it, and with them go the routes that nobody else has.
    const carried = await foreignOn(await lookAtHost(), linkOf(side, change))
    const came = (await backend.leaseCame?.(side, change)) ?? true
    if (came && carried !== null) await carryAlong(side, { ...change, carried })
    return came
  } finally {
    backend.close()
  }
}

/** The side that a rollback has led to; null where no link is left to look after. */
function sideIn(state: TransactionState): Side | null {
  if (state === 'undone') return null
  return state === 'committed' ? 'bridge' : originOf({ state })
}
