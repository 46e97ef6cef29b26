import { randomBytes } from 'node:crypto'
import { dirname } from 'node:path'
import { z } from 'zod'
import { readTransactions } from '../host/transactions'
import { TRANSACTIONS_DIR } from '../../shared/helper-protocol'
import { type Failure, PatchbayError } from '../../shared/failure'
import type { HostIntent, TransactionState, TransactionSummary } from '../../shared/transaction'
import type { BackendRecord } from './backends/backend'
import { newFolder, ownFolder, readCopy, removeFolder, replaceFile, syncFolder } from './files'

/**
 * One transaction's folder: `summary.json`, which everybody may read, and `snapshot/`, which only root may.
 * Everything written here is on disk before the next step begins.
 */
export interface Journal {
  readonly id: string
  readonly summary: TransactionSummary
  /** The folder for root alone. */
  readonly snapshotFolder: string
  setState(state: TransactionState, failure?: Failure | null, added?: readonly string[]): Promise<void>
  /** Forgets the transaction, as nothing was changed. */
  discard(): Promise<void>
}

/** What undo and recovery need to know; for root alone, since profiles may hold secrets. */
export interface TransactionRecord {
  backend: 'networkmanager'
  change: BackendRecord
  /** Names the armed rollback. */
  armed: string | null
  before: Expectation
}

/** What the NIC had before the change, and must have again after it is undone. */
export interface Expectation {
  addresses: readonly { family: 4 | 6; ip: string; prefix: number; origin: string }[]
  /** Default routes, and those that the profile states. */
  routes: readonly { family: 4 | 6; to: string; via: string | null }[]
  dns: readonly string[]
  /** Gateways that answered. */
  gateways: readonly string[]
}

const family = z.union([z.literal(4), z.literal(6)])
const transactionRecord = z.object({
  backend: z.literal('networkmanager'),
  change: z.object({
    nic: z.string(),
    bridge: z.string(),
    mac: z.string(),
    original: z.object({ uuid: z.string(), id: z.string(), file: z.string().nullable() }),
    profiles: z.object({ bridge: z.string(), port: z.string() }),
    lease: z
      .object({
        addresses: z.array(z.object({ ip: z.string(), prefix: z.number() })),
        gateway: z.string().nullable(),
        dns: z.array(z.string()),
        search: z.array(z.string()),
      })
      .nullable(),
  }),
  armed: z.string().nullable(),
  before: z.object({
    addresses: z.array(z.object({ family, ip: z.string(), prefix: z.number(), origin: z.string() })),
    routes: z.array(z.object({ family, to: z.string(), via: z.string().nullable() })),
    dns: z.array(z.string()),
    gateways: z.array(z.string()),
  }),
}) satisfies z.ZodType<TransactionRecord>

/** A new id: the time in UTC, which sorts, and four random digits. */
export function newTransactionId(now: Date = new Date()): string {
  const [date = '', time = ''] = now.toISOString().split('T')
  return `${date.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}-${randomBytes(2).toString('hex')}`
}

/**
 * Makes the folder of a new transaction. Its summary comes last and says `armed` from the start, so whoever finds
 * one after a power loss also finds what is needed to take it back.
 */
export async function openJournal(
  id: string,
  intent: HostIntent,
  record: TransactionRecord,
): Promise<Journal> {
  await ownFolder(dirname(TRANSACTIONS_DIR), 0o755)
  await ownFolder(TRANSACTIONS_DIR, 0o755)
  const folder = `${TRANSACTIONS_DIR}/${id}`
  await newFolder(folder, 0o755)
  await ownFolder(folder, 0o755)
  await ownFolder(`${folder}/snapshot`, 0o700)
  await syncFolder(TRANSACTIONS_DIR)
  const summary: TransactionSummary = {
    id,
    intent,
    startedAt: Date.now(),
    state: 'armed',
    failure: null,
    added: [],
  }
  const journal = journalOf(summary)
  await writeRecord(journal, record)
  await journal.setState('armed')
  return journal
}

export function journalOf(first: TransactionSummary): Journal {
  let summary = first
  const { id } = first
  const folder = `${TRANSACTIONS_DIR}/${id}`
  return {
    id,
    snapshotFolder: `${folder}/snapshot`,
    get summary() {
      return summary
    },
    async setState(state, failure = null, added = summary.added) {
      summary = { ...summary, state, failure, added }
      // Aside, but in the folder that the app watches: one watch then sees every transaction's changes.
      const aside = `${TRANSACTIONS_DIR}/.${id}.json`
      await replaceFile(`${folder}/summary.json`, aside, `${JSON.stringify(summary, null, 2)}\n`, 0o644)
    },
    async discard() {
      await removeFolder(folder)
      await syncFolder(TRANSACTIONS_DIR)
    },
  }
}

/** Writes the record, or replaces it. */
export async function writeRecord(journal: Journal, record: TransactionRecord): Promise<void> {
  const path = `${journal.snapshotFolder}/record.json`
  await replaceFile(path, `${path}.new`, `${JSON.stringify(record, null, 2)}\n`, 0o600)
}

/** Throws a `PatchbayError` `internal` when the record is missing or makes no sense. */
export async function readRecord(journal: Journal): Promise<TransactionRecord> {
  try {
    const copy = await readCopy(`${journal.snapshotFolder}/record.json`)
    if (copy === null) throw new Error('it is missing, or no file of root’s own')
    return transactionRecord.parse(JSON.parse(copy.content.toString('utf8')))
  } catch (error) {
    throw new PatchbayError(
      {
        code: 'internal',
        message: `The record of the change ${journal.id} can’t be read`,
        detail: String(error),
      },
      { cause: error },
    )
  }
}

/** Throws a `PatchbayError` `not-found`. */
export async function findJournal(id: string): Promise<Journal> {
  const summary = (await readTransactions()).find((one) => one.id === id)
  if (summary) return journalOf(summary)
  throw new PatchbayError({
    code: 'not-found',
    message: `There is no host change ${id}`,
    hint: '“patchbay snapshots” lists them.',
  })
}
