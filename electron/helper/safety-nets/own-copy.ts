import { dirname } from 'node:path'
import { TRANSACTIONS_DIR } from '../../../shared/helper/protocol'
import { PatchbayError } from '../../../shared/failure'
import { describeWeakSpot, weakSpotOf } from '../../system/roots-own'
import { ownFolder, replaceFile } from '../root-files/files'
import { ownRuntime } from '../runtime/own-runtime'
import { ownScript } from './own-script'
import { say } from '../../../shared/phrases/phrase'

/** How a safety net starts the helper. */
export interface HelperFile {
  /** Runtime and script, as absolute paths; nobody but root may write to them, or to a folder on their way. */
  argv: readonly [string, string]
  env: Readonly<Record<string, string>>
}

const COPY = `${dirname(TRANSACTIONS_DIR)}/helper.cjs`

/**
 * Copies this very helper to a place that belongs to root, so that the rollback is there whatever happens to the app's
 * own folder meanwhile: an update, a removal, a home folder that is not mounted at boot. What runs it there is root's own, too,
 * and all of it is proven to be. Throws a `PatchbayError` `refused` when nothing is.
 */
export async function copyOfThisHelper(): Promise<HelperFile> {
  if (ownScript === null) {
    throw new PatchbayError({
      code: 'internal',
      message: say('helper-could-not-read-own'),
      hint: say('try-again-if-does'),
    })
  }
  const { path, env } = await ownRuntime()
  await ownFolder(dirname(COPY), 0o755)
  await replaceFile(COPY, `${COPY}.new`, ownScript, 0o755)
  const argv = [path, COPY] as const
  for (const one of argv) refuseUnlessRootsOwn(one)
  return { argv, env }
}

/** Right before it is written down for root to start later. */
function refuseUnlessRootsOwn(path: string): void {
  const spot = weakSpotOf(path)
  if (spot === null) return
  throw new PatchbayError({
    code: 'refused',
    message: `Root can’t be told to start ${path} later: ${describeWeakSpot(spot)}`,
    hint: say('belong-to-root-closed'),
  })
}
