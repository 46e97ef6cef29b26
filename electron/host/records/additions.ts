import { ADDITIONS_DIR, transactionId } from '../../../shared/helper/protocol'
import { type RecordedAddition, recordedAddition } from '../../../shared/helper/host-addition'
import { namesIn, readOwn } from './transactions'

/** Bytes; many times what one has. */
const MAX_BYTES = 64 * 1024

/**
 * The host additions that are in force, newest first. Needs no root. What makes no sense or is not root's own is left out; none at
 * all is an empty list.
 */
export async function readAdditions(folder: string = ADDITIONS_DIR): Promise<RecordedAddition[]> {
  const found: RecordedAddition[] = []
  for (const name of await namesIn(folder)) {
    const id = name.replace(/\.json$/, '')
    if (id === name || !transactionId.safeParse(id).success) continue
    const recorded = await readOwn(`${folder}/${name}`, recordedAddition, MAX_BYTES)
    if (recorded?.id === id) found.push(recorded)
  }
  return found.sort((a, b) => (a.id < b.id ? 1 : -1))
}
