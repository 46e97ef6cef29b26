import { type Footprint, footprintOf, madeBy, undoOrder } from '../../shared/helper/undo-order'
import { differenceText } from '../../shared/snapshot/words'
import { PatchbayError } from '../../shared/failure'
import { en } from '../../shared/messages/en'
import type {
  AttributedDifference,
  Difference,
  OpenFiles,
  SnapshotComparison,
  SnapshotDigest,
} from '../../shared/snapshot/snapshot'
import { compareSnapshots } from '../../shared/snapshot/compare'
import { networkPicture } from '../../shared/snapshot/digest'
import type { TransactionSummary } from '../../shared/helper/transaction'
import type { OpenedHere } from '../world/open-world'
import { say, type Text } from '../../shared/phrases/phrase'

/** What snapshots are read from; none of it needs root. */
export interface SnapshotSources {
  readDigest: (transaction: string) => Promise<SnapshotDigest | null>
  readOpenFiles: (sources: readonly string[]) => Promise<OpenFiles>
}

/** The snapshots of host changes: how they differ from now, and what restoring one takes. */
export class Snapshots {
  readonly #opened: OpenedHere
  readonly #sources: SnapshotSources

  constructor(opened: OpenedHere, sources: SnapshotSources) {
    this.#opened = opened
    this.#sources = sources
  }

  /** Looks at the host anew, and compares. @throws PatchbayError `not-found` */
  async compare(id: string): Promise<SnapshotComparison> {
    await this.#opened.refreshHost()
    const transaction = this.#find(id)
    const later = this.#changes.filter((one) => one.id >= id && !isOver(one))
    const prints = await Promise.all(later.map((one) => this.#footprint(one)))
    const own = prints.find((one) => one.id === id)
    const inForce = prints.filter(({ summary }) => summary.state === 'committed')
    const order = transaction.state === 'committed' && own !== undefined ? undoOrder(inForce, own) : []
    return {
      transaction,
      result: await this.#result(id, prints),
      undoes: order.map(({ summary }) => summary),
    }
  }

  /** The changes to undo, in order, for the network to be as before this one. @throws PatchbayError `not-found`, `busy`, `refused` */
  async toUndo(id: string): Promise<readonly TransactionSummary[]> {
    const { transaction, result, undoes } = await this.compare(id)
    if (undoes.length > 0) return undoes
    if (!isOver(transaction)) throw underWay(transaction)
    throw new PatchbayError({
      code: 'refused',
      message: say('change-not-in-force-nothing', { id, state: transaction.state }),
      ...(result.kind === 'compared' ? leftHints(id, result.differences) : { hint: say('nothing-changed') }),
    })
  }

  async #result(id: string, prints: readonly Footprint[]): Promise<SnapshotComparison['result']> {
    const digest = await this.#sources.readDigest(id)
    if (digest === null) return { kind: 'incomparable' }
    const files = await this.#sources.readOpenFiles(digest.sources)
    const network = networkPicture(this.#opened.store.current.host)
    const differences = compareSnapshots(digest, { files, network }).map(
      (difference): AttributedDifference => ({
        ...difference,
        by: madeBy(prints, linksOf(difference), difference.kind === 'file' ? [difference.path] : []),
      }),
    )
    const closed = [...new Set([...digest.files.closed, ...files.closed])].sort()
    return { kind: 'compared', differences, closed }
  }

  async #footprint(summary: TransactionSummary): Promise<Footprint & { summary: TransactionSummary }> {
    const touched = (await this.#sources.readDigest(summary.id))?.touched ?? summary.added
    return { ...footprintOf(summary, touched, this.#opened.store.current.host.links), summary }
  }

  get #changes(): readonly TransactionSummary[] {
    return this.#opened.store.current.transactions
  }

  #find(id: string): TransactionSummary {
    const found = this.#changes.find((one) => one.id === id)
    if (found !== undefined) return found
    throw new PatchbayError({
      code: 'not-found',
      message: say('no-host-change', { id }),
      shellHint: say('see-with-patchbay-snapshots'),
    })
  }
}

/** Nothing of it is on the host any more. */
const isOver = ({ state }: TransactionSummary): boolean => state === 'undone' || state === 'rolled-back'

function linksOf(difference: Difference): string[] {
  switch (difference.kind) {
    case 'link':
      return [difference.link]
    case 'address':
    case 'route':
      return [difference.before, difference.now].flatMap((place) => (place === null ? [] : [place.link]))
    case 'file':
    case 'name-servers':
    case 'search-domains':
      return []
  }
}

const underWay = ({ id, state }: TransactionSummary): PatchbayError =>
  new PatchbayError(
    state === 'rollback-failed'
      ? {
          code: 'refused',
          message: say('change-could-not-taken-back', { id }),
          hint: say('if-network-stays-away-plug'),
        }
      : {
          code: 'busy',
          message: say('change-under-way', { id }),
          hint: say('wait-until-ended'),
          shellHint: say('wait-until-ended-see-patchbay'),
        },
  )

/** As many differences as one message bears. */
const MOST_NAMED = 5

function leftHints(id: string, differences: readonly Difference[]): { hint: Text; shellHint?: Text } {
  if (differences.length === 0) return { hint: say('host-before') }
  const named = differences.slice(0, MOST_NAMED).map((one) => differenceText(one, en))
  const more = differences.length - named.length
  const hint = say('differs-made-otherwise', { differences: named, more })
  return { hint, shellHint: say('see-snapshot-show', { hint, id }) }
}
