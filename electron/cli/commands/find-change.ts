import { PatchbayError } from '../../../shared/failure'
import type { TransactionSummary } from '../../../shared/helper/transaction'

/** The host change that is meant by its id, the beginning of it, or `latest`. @throws PatchbayError `usage`, `not-found` */
export function findChange(transactions: readonly TransactionSummary[], text: string): TransactionSummary {
  const found =
    text === 'latest' ? transactions.slice(0, 1) : transactions.filter(({ id }) => id.startsWith(text))
  const [only, ...more] = found
  if (only !== undefined && more.length === 0 && text !== '') return only
  if (only !== undefined) {
    throw new PatchbayError({
      code: 'usage',
      message: `“${text}” could mean ${found.length} changes.`,
      hint: `Choose one of: ${found.map(({ id }) => id).join(', ')}.`,
    })
  }
  throw new PatchbayError({
    code: 'not-found',
    message:
      transactions.length === 0
        ? 'Nothing was changed on this host yet.'
        : `There is no host change “${text}”.`,
    hint: 'See what there is with: patchbay snapshots',
  })
}
