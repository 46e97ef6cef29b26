import { dirname } from 'node:path'
import { z } from 'zod'
import { ADDITIONS_DIR, transactionId } from '../../../shared/helper/protocol'
import { hostAddition, type HostAddition, type RecordedAddition } from '../../../shared/helper/host-addition'
import { readOwn, namesIn } from '../../host/records/transactions'
import { removeFile, ownFolder, replaceFile } from '../root-files/files'
import type { Added } from './kind'

/**
 * What is recorded of the additions. `private/ID.json` is there from before the first step until after the last one of its
 * removal; `ID.json` only while the addition counts. So one without the latter is half made, or half removed.
 */
const PRIVATE_DIR = `${ADDITIONS_DIR}/private`

const added = z.strictObject({
  id: transactionId,
  addition: hostAddition,
  before: z.record(z.string().max(64), z.string().max(4096)),
})

const MAX_BYTES = 64 * 1024

const publicOf = (id: string): string => `${ADDITIONS_DIR}/${id}.json`
const privateOf = (id: string): string => `${PRIVATE_DIR}/${id}.json`

/** Where a record is written before it gets its name. */
const NEW = `${PRIVATE_DIR}/.new`

const write = (path: string, value: object, mode: number): Promise<void> =>
  replaceFile(path, NEW, `${JSON.stringify(value, null, 2)}\n`, mode)

/** Before its first step. */
export async function recordBegin(one: Added<HostAddition>): Promise<void> {
  await ownFolder(dirname(ADDITIONS_DIR), 0o755)
  await ownFolder(ADDITIONS_DIR, 0o755)
  await ownFolder(PRIVATE_DIR, 0o700)
  await write(privateOf(one.id), one, 0o600)
}

/** From now on it counts. */
export const publish = (one: RecordedAddition): Promise<void> => write(publicOf(one.id), one, 0o644)

/** From now on it is to be gone. */
export const unpublish = (id: string): Promise<void> => removeFile(publicOf(id))

/** Nothing is left of it. */
export const forget = (id: string): Promise<void> => removeFile(privateOf(id))

/** Everything that is recorded, half made ones included, oldest first. */
export async function readAll(): Promise<Added<HostAddition>[]> {
  const all: Added<HostAddition>[] = []
  for (const name of await namesIn(PRIVATE_DIR)) {
    const id = name.replace(/\.json$/, '')
    if (id === name || !transactionId.safeParse(id).success) continue
    const one = await readOwn(privateOf(id), added, MAX_BYTES)
    if (one?.id === id) all.push(one)
  }
  return all.sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** What a helper that was killed had not finished writing. One helper is at work at a time, so it is nobody's. */
export const forgetUnfinished = (): Promise<void> => removeFile(NEW)
