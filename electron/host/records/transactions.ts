import { constants } from 'node:fs'
import { open, readdir } from 'node:fs/promises'
import type { z } from 'zod'
import { transactionId, TRANSACTIONS_DIR, transactionSummary } from '../../../shared/helper/protocol'
import type { SnapshotDigest } from '../../../shared/snapshot/snapshot'
import { snapshotDigest } from '../../../shared/snapshot/digest'
import type { TransactionSummary } from '../../../shared/helper/transaction'

/**
 * The recorded host changes, newest first. Needs no root. A folder whose summary is missing, makes no sense or is not
 * root's own is left out; none at all is an empty list. Throws when they can't be read at the moment: a change must not be
 * overlooked.
 */
export async function readTransactions(folder: string = TRANSACTIONS_DIR): Promise<TransactionSummary[]> {
  const names = (await namesIn(folder)).filter((name) => transactionId.safeParse(name).success)
  const summaries: TransactionSummary[] = []
  for (const name of names) {
    const summary = await readOwn(`${folder}/${name}/summary.json`, transactionSummary, MAX_SUMMARY_BYTES)
    if (summary !== null) summaries.push(summary)
  }
  return summaries.sort((a, b) => (a.id < b.id ? 1 : -1))
}

/** The file in a transaction's folder that tells everybody what was before. */
export const DIGEST_FILE = 'before.json'

/** What a transaction's snapshot tells everybody; null for one of an older Patchbay. Throws as `readTransactions` does. */
export function readDigest(id: string, folder: string = TRANSACTIONS_DIR): Promise<SnapshotDigest | null> {
  return readOwn(`${folder}/${id}/${DIGEST_FILE}`, snapshotDigest, MAX_DIGEST_BYTES)
}

export async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    throwUnlessForGood(error)
    return []
  }
}

/** Many times what a summary has. Bytes. */
const MAX_SUMMARY_BYTES = 1024 * 1024
/** More than all texts that a digest may hold. Bytes. */
const MAX_DIGEST_BYTES = 16 * 1024 * 1024

/** Reads what the helper has written; null when it is missing, makes no sense or is not root's own. */
export async function readOwn<T>(path: string, schema: z.ZodType<T>, maxBytes: number): Promise<T | null> {
  try {
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    try {
      const status = await file.stat()
      const writableByOthers = (status.mode & 0o022) !== 0
      const owned = status.uid === 0 || status.uid === process.getuid?.()
      if (!status.isFile() || status.size > maxBytes || writableByOthers || !owned) return null
      const parsed = schema.safeParse(JSON.parse(await file.readFile('utf8')))
      return parsed.success ? parsed.data : null
    } finally {
      await file.close()
    }
  } catch (error) {
    throwUnlessForGood(error)
    return null
  }
}

/** Too little of something, or a bad disk: what can't be read now may well be there. */
const NOT_NOW = ['EMFILE', 'ENFILE', 'ENOMEM', 'EIO']

function throwUnlessForGood(error: unknown): void {
  if (error instanceof Error && 'code' in error && NOT_NOW.some((code) => code === error.code)) throw error
}
