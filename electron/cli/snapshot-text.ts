import { differenceText } from '../../shared/snapshot/words'
import { en } from '../../shared/messages/en'
import type { AttributedDifference, Hunk, HunkLine, SnapshotComparison } from '../../shared/snapshot/snapshot'
import { hiddenFiles } from '../../shared/snapshot/compare'
import type { TransactionState } from '../../shared/helper/transaction'

const words = en.snapshots

/** A comparison for people, with the lines of files that everybody may read. */
export function comparisonText(comparison: SnapshotComparison): string {
  const { transaction, result, undoes } = comparison
  const hidden = hiddenFiles(comparison)
  const { id, intent, state, startedAt } = transaction
  const head = `${intent.bridge} from ${intent.nic}, ${new Date(startedAt).toISOString()}: ${stateText(state)}.`
  const first = undoes.slice(0, -1).map((one) => one.intent.bridge)
  return [
    head,
    ...(result.kind === 'incomparable' ? [words.incomparableEnded] : differencesText(result, id)),
    ...(hidden.length === 0 ? [] : [words.hidden(hidden.join(', '))]),
    ...(first.length === 0 ? [] : [words.undoneFirst(first.join(', '), first.length)]),
    ...(undoes.length === 0 ? [] : [`To bring back what was before it: patchbay snapshot restore ${id}`]),
  ].join('\n\n')
}

type Compared = Extract<SnapshotComparison['result'], { kind: 'compared' }>

function differencesText({ differences, closed }: Compared, id: string): string[] {
  const parts = [
    section(`${words.madeByThis}:`, differences, (by) => by === id),
    section('Made by later changes:', differences, (by) => by !== null && by !== id),
    section(`${words.madeByOthers}:`, differences, (by) => by === null),
  ].flat()
  return [
    ...(parts.length === 0 ? [words.same] : parts),
    ...(closed.length === 0 ? [] : [words.closed(closed.join(', '))]),
  ]
}

function section(
  title: string,
  differences: readonly AttributedDifference[],
  belongs: (by: string | null) => boolean,
): string[] {
  const own = differences.filter(({ by }) => belongs(by))
  return own.length === 0 ? [] : [[title, ...own.flatMap(linesOf)].join('\n')]
}

function linesOf(difference: AttributedDifference): string[] {
  const hunks = difference.kind === 'file' ? (difference.hunks ?? []) : []
  const isWhole = difference.before === null || difference.now === null
  return [
    `  ${shown(differenceText(difference, en))}`,
    ...hunks.flatMap((hunk) => [...(isWhole ? [] : [placeOf(hunk)]), ...hunk.lines.map(lineText)]),
  ]
}

const SIGNS: Readonly<Record<HunkLine['kind'], string>> = { kept: ' ', removed: '-', added: '+' }

const placeOf = ({ before, now }: Hunk): string => `      @@ -${before} +${now} @@`

const lineText = ({ kind, text }: HunkLine): string =>
  `      ${SIGNS[kind]}${shown(text.replace(/\n$/, ''))}`.trimEnd()

/** A file's name and its text have no say in how the terminal shows it. */
const shown = (text: string): string =>
  text.replace(/\p{Cc}/gu, (character) => (character === '\t' ? character : '�'))

/** What became of a change, for people. */
export function stateText(state: TransactionState): string {
  switch (state) {
    case 'armed':
      return 'under way, or its rollback is pending'
    case 'committed':
      return 'in force, can be undone'
    case 'undoing':
      return 'being undone, or the bridge is about to come back'
    case 'rolled-back':
      return 'rolled back'
    case 'rollback-failed':
      return 'could not be rolled back'
    case 'undone':
      return 'undone'
  }
}
