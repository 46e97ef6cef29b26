import { pathToFileURL } from 'node:url'
import type { Lab } from '../../lab'
import { projectFolder } from '../../lab/workstation'

export interface BulkOrder {
  count: number
  seed: number
  /** fast-check's path to one failing case, to run that alone. */
  path: string | null
  /** The host's state as the helper would find it. */
  hash: string
}

export interface BulkReport {
  requests: number
  kinds: Record<string, number>
  outcomes: Record<string, number>
  /** The smallest attack that was found to go wrong, and how to repeat it. */
  failure: string | null
  /** Open files and processes that no run has given back. */
  leftovers: string[]
}

/** Runs attacks on the helper's code in one process as root in the lab. */
export async function runBulk(lab: Lab, order: BulkOrder): Promise<BulkReport> {
  const { stdout } = await lab.exec(
    [
      process.execPath,
      '--import',
      pathToFileURL(`${projectFolder}/node_modules/tsx/dist/loader.mjs`).href,
      `${projectFolder}/test/faults/helper-fuzz/worker.ts`,
      JSON.stringify(order),
    ],
    { env: { TSX_DISABLE_CACHE: '1' }, timeoutMs: 30 * 60_000 },
  )
  return JSON.parse(stdout) as BulkReport
}
