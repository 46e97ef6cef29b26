import { dirname } from 'node:path'
import { TRANSACTIONS_DIR } from '../../../shared/helper-protocol'
import { PatchbayError } from '../../../shared/failure'
import { ownFolder, replaceFile } from '../files'
import { ownScript } from './own-script'

/** How a safety net starts the helper. */
export interface HelperFile {
  /** Runtime and script, as absolute paths. */
  argv: readonly [string, string]
  env: Readonly<Record<string, string>>
}

const COPY = `${dirname(TRANSACTIONS_DIR)}/helper.cjs`

/**
 * Copies this very helper to a place that belongs to root, so that the rollback is there whatever happens to the app's
 * own folder meanwhile: an update, a removal, a home folder that is not mounted at boot.
 */
export async function copyOfThisHelper(): Promise<HelperFile> {
  if (ownScript === null) {
    throw new PatchbayError({
      code: 'internal',
      message: 'The helper could not read its own file when it was started',
      hint: 'Try again; if that doesn’t help, install Patchbay anew.',
    })
  }
  await ownFolder(dirname(COPY), 0o755)
  await replaceFile(COPY, `${COPY}.new`, ownScript, 0o755)
  const env = 'electron' in process.versions ? { ELECTRON_RUN_AS_NODE: '1' } : {}
  return { argv: [process.execPath, COPY], env }
}
