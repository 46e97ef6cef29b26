import { differenceText } from '../../shared/snapshot/words'
import type { AttributedDifference, Hunk, SnapshotComparison } from '../../shared/snapshot/snapshot'
import { t } from '../text'

export interface DifferenceRow {
  key: string
  sign: 'added' | 'removed' | 'changed'
  text: string
  /** The changed lines of a file that everybody may read. */
  hunks: readonly Hunk[]
}

/** Differences with the same maker, by what they are about. */
export interface DifferenceGroup {
  title: string
  kinds: readonly { name: string; rows: readonly DifferenceRow[] }[]
}

/** A comparison as it is shown: what the change made, what later ones made, and what somebody else did. */
export function groupsOf(
  { transaction, result }: SnapshotComparison,
  bridgeOf: (transaction: string) => string,
): DifferenceGroup[] {
  if (result.kind === 'incomparable') return []
  const { differences } = result
  const makers = [...new Set(differences.map(({ by }) => by))].sort(
    (a, b) => rankOf(a, transaction.id) - rankOf(b, transaction.id),
  )
  return makers.map((by) => ({
    title: titleOf(by, transaction.id, bridgeOf),
    kinds: kindsOf(differences.filter((one) => one.by === by)),
  }))
}

/** Its own first, strangers last. */
function rankOf(by: string | null, own: string): number {
  if (by === null) return 2
  return by === own ? 0 : 1
}

function titleOf(by: string | null, own: string, bridgeOf: (transaction: string) => string): string {
  if (by === null) return t.snapshots.madeByOthers
  return by === own ? t.snapshots.madeByThis : t.snapshots.madeByLater(bridgeOf(by))
}

function kindsOf(differences: readonly AttributedDifference[]): DifferenceGroup['kinds'] {
  const names = [...new Set(differences.map(({ kind }) => t.snapshots.kinds[kind]))]
  return names.map((name) => ({
    name,
    rows: differences.filter(({ kind }) => t.snapshots.kinds[kind] === name).map(rowOf),
  }))
}

function rowOf(difference: AttributedDifference): DifferenceRow {
  const { before, now } = difference
  return {
    key: JSON.stringify({ ...difference, hunks: null, before: null, now: null, were: [before, now] }),
    sign: before === null ? 'added' : now === null ? 'removed' : 'changed',
    text: differenceText(difference, t),
    hunks: difference.kind === 'file' ? (difference.hunks ?? []) : [],
  }
}

/** How many lines differ. */
export const countLines = (hunks: readonly Hunk[]): number =>
  hunks.flatMap(({ lines }) => lines).filter(({ kind }) => kind !== 'kept').length
