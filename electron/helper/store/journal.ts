import { randomBytes } from 'node:crypto'
import { dirname } from 'node:path'
import { DIGEST_FILE, readTransactions } from '../../host/records/transactions'
import { TRANSACTIONS_DIR } from '../../../shared/helper/protocol'
import { type Failure, PatchbayError } from '../../../shared/failure'
import type { SnapshotDigest } from '../../../shared/snapshot/snapshot'
import type { HostIntent, TransactionState, TransactionSummary } from '../../../shared/helper/transaction'
import { prune } from './prune'
import {
  isCode,
  newFolder,
  ownFolder,
  removeEntry,
  replaceFile,
  syncFolder,
  writeNew,
} from '../root-files/files'
import { say } from '../../../shared/phrases/phrase'

/**
 * One transaction's folder: `summary.json` and `before.json`, which everybody may read, and `snapshot/`, which only root may.
 * Everything written here is on disk before the next step begins. The summary comes last: a folder without one is of
 * a change that never began.
 */
export interface Journal {
  readonly id: string
  readonly summary: TransactionSummary
  /** The folder for root alone. */
  readonly snapshotFolder: string
  /** Lets everybody know what was before. Once, and before the first state: nothing is taken back by it. */
  publish(digest: SnapshotDigest): Promise<void>
  setState(state: TransactionState, failure?: Failure | null, added?: readonly string[]): Promise<void>
  /** Forgets the transaction, as nothing was changed. */
  discard(): Promise<void>
}

/** A new id: the time in UTC, which sorts, and four random digits. Later than `last`, also when the clock was set back. */
export function newTransactionId(last: string | undefined, now: Date = new Date()): string {
  const stamp = stampOf(now)
  const lastStamp = last?.slice(0, stamp.length)
  const sorted = lastStamp !== undefined && lastStamp >= stamp ? stampOf(secondAfter(lastStamp)) : stamp
  return `${sorted}-${randomBytes(2).toString('hex')}`
}

function stampOf(time: Date): string {
  const [date = '', clock = ''] = time.toISOString().split('T')
  return `${date.replaceAll('-', '')}-${clock.slice(0, 8).replaceAll(':', '')}`
}

function secondAfter(stamp: string): Date {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)$/.exec(stamp)?.map(Number) ?? []
  return new Date(Date.UTC(year ?? 0, (month ?? 1) - 1, day ?? 1, hour ?? 0, minute ?? 0, (second ?? 0) + 1))
}

/** Set aside in the transaction's folder, so that its end can be written down on a disk that is full meanwhile. Bytes. */
const RESERVE_BYTES = 64 * 1024

/**
 * Makes the folder of a new transaction, and room for it by forgetting old ones. Nobody sees it before `setState` writes its summary: by then it must hold all
 * that is needed to take the change back.
 */
export async function openJournal(id: string, intent: HostIntent): Promise<Journal> {
  await ownFolder(dirname(TRANSACTIONS_DIR), 0o755)
  await ownFolder(TRANSACTIONS_DIR, 0o755)
  await prune()
  const folder = `${TRANSACTIONS_DIR}/${id}`
  await newFolder(folder, 0o755)
  await ownFolder(folder, 0o755)
  await ownFolder(`${folder}/snapshot`, 0o700)
  await writeNew(reserveOf(folder), randomBytes(RESERVE_BYTES), 0o600)
  await syncFolder(TRANSACTIONS_DIR)
  return journalOf({ id, intent, startedAt: Date.now(), state: 'armed', failure: null, added: [] })
}

const reserveOf = (folder: string): string => `${folder}/snapshot/reserve`

export function journalOf(first: TransactionSummary): Journal {
  let summary = first
  const { id } = first
  const folder = `${TRANSACTIONS_DIR}/${id}`
  const write = async (): Promise<void> => {
    // Aside, but in the folder that the app watches: one watch then sees every transaction's changes.
    const aside = `${TRANSACTIONS_DIR}/.${id}.json`
    await replaceFile(`${folder}/summary.json`, aside, `${JSON.stringify(summary, null, 2)}\n`, 0o644)
  }
  return {
    id,
    snapshotFolder: `${folder}/snapshot`,
    get summary() {
      return summary
    },
    async publish(digest) {
      await writeNew(`${folder}/${DIGEST_FILE}`, `${JSON.stringify(digest)}\n`, 0o644)
      await syncFolder(folder)
    },
    async setState(state, failure = null, added = summary.added) {
      summary = { ...summary, state, failure, added }
      try {
        await write()
      } catch (error) {
        if (!isCode(error, 'ENOSPC') && !isCode(error, 'EDQUOT')) throw error
        await removeEntry(reserveOf(folder))
        await write()
      }
    },
    async discard() {
      await removeEntry(folder)
      await syncFolder(TRANSACTIONS_DIR)
    },
  }
}

/** Throws a `PatchbayError` `not-found`. */
export async function findJournal(id: string): Promise<Journal> {
  const summary = (await readTransactions()).find((one) => one.id === id)
  if (summary) return journalOf(summary)
  throw new PatchbayError({
    code: 'not-found',
    message: say('no-host-change-2', { id }),
    hint: say('patchbay-snapshots-lists'),
  })
}
