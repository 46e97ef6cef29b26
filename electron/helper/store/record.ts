import { z } from 'zod'
import { PatchbayError } from '../../../shared/failure'
import { BACKEND_NAMES, type BackendName } from '../../../shared/helper/plan'
import type { Change, Expectation, Lease } from '../change/change'
import { fileSetOf } from './file-set'
import { readCopy, replaceFile } from '../root-files/files'
import type { Journal } from './journal'
import { linkState, type LinkState, noState } from '../kernel/link-state'
import { upgradeFirstVersion } from './record-version-1'
import { say } from '../../../shared/phrases/phrase'

/** What going to either side and judging the result need; for root alone, since profiles may hold secrets. */
export interface TransactionRecord {
  version: 2
  backend: BackendName
  nic: string
  bridge: string
  mac: string
  lease: Lease | null
  kernel: LinkState
  /** See `Change`; null in the records of versions that carried nothing. */
  carried: LinkState | null
  /** The files that are touched, and which of them the manager writes by itself. */
  files: readonly string[]
  managersFiles: readonly string[]
  /** The backend's own data. */
  own: unknown
  /** Names the manager's own armed rollback; null without one. */
  armed: string | null
  before: Expectation
}

const family = z.union([z.literal(4), z.literal(6)])

const lease = z.object({
  addresses: z.array(z.object({ ip: z.string(), prefix: z.number() })),
  gateway: z.string().nullable(),
  dns: z.array(z.string()),
  search: z.array(z.string()),
})

export const transactionRecord = z.object({
  version: z.literal(2),
  backend: z.enum(BACKEND_NAMES),
  nic: z.string(),
  bridge: z.string(),
  mac: z.string(),
  lease: lease.nullable(),
  kernel: linkState,
  carried: linkState.nullable().default(null),
  files: z.array(z.string()),
  managersFiles: z.array(z.string()),
  own: z.unknown(),
  armed: z.string().nullable(),
  before: z.object({
    addresses: z.array(z.object({ family, ip: z.string(), prefix: z.number(), origin: z.string() })),
    routes: z.array(
      z.object({ family, to: z.string(), via: z.string().nullable(), table: z.string().nullable() }),
    ),
    dns: z.array(z.string()),
    gateways: z.array(z.string()),
  }),
}) satisfies z.ZodType<TransactionRecord>

const pathOf = ({ snapshotFolder }: Pick<Journal, 'snapshotFolder'>): string =>
  `${snapshotFolder}/record.json`

/** Writes the record, or replaces it. */
export async function writeRecord(
  journal: Pick<Journal, 'snapshotFolder'>,
  record: TransactionRecord,
): Promise<void> {
  const path = pathOf(journal)
  await replaceFile(path, `${path}.new`, `${JSON.stringify(record, null, 2)}\n`, 0o600)
}

/** Reads a record of this or an older version. Throws a `PatchbayError` `internal` when it is missing or makes no sense. */
export async function readRecord(journal: Journal): Promise<TransactionRecord> {
  try {
    const copy = await readCopy(pathOf(journal))
    if (copy === null) throw new Error('it is missing, or no file of root’s own')
    const data: unknown = JSON.parse(copy.content.toString('utf8'))
    return transactionRecord.parse(upgradeFirstVersion(data))
  } catch (error) {
    throw new PatchbayError(
      {
        code: 'internal',
        message: say('record-change-cannot-read', { id: journal.id }),
        hint: say('bring-network-configuration-back-hand', { snapshotFolder: journal.snapshotFolder }),
        detail: String(error),
      },
      { cause: error },
    )
  }
}

/** The change that a record describes. */
export function changeOf(
  { id, snapshotFolder }: Pick<Journal, 'id' | 'snapshotFolder'>,
  record: TransactionRecord,
): Change {
  const { nic, bridge, mac, lease: had, kernel, carried, files, managersFiles, own } = record
  return {
    id,
    nic,
    bridge,
    mac,
    lease: had,
    kernel,
    carried: carried ?? noState(nic),
    files: fileSetOf(snapshotFolder, files, managersFiles),
    own,
  }
}
