import { readdir, readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { isCode, removeEntry } from '../root-files/files'

/** Units that stay, and those of the timers that wait. */
export const UNIT_FOLDERS = ['/etc/systemd/system', '/run/systemd/transient', '/run/systemd/system'] as const

const HASH = /^[0-9a-f]{64}$/

/**
 * Removes the copies of runtimes below `base` that no unit of Patchbay's in `unitFolders` names, but for the folder `kept`. What can't be
 * removed is in nobody's way. Call it with the lock held.
 */
export async function pruneRuntimes(
  base: string,
  kept: string | null,
  unitFolders: readonly string[] = UNIT_FOLDERS,
): Promise<void> {
  const keptName = kept === null ? null : basename(kept)
  const hashes = (await namesIn(base)).filter((name) => HASH.test(name) && name !== keptName)
  if (hashes.length === 0) return
  const texts = (await Promise.all(unitFolders.map(unitTexts))).flat()
  for (const hash of hashes) {
    if (texts.some((text) => text.includes(hash))) continue
    await removeEntry(`${base}/${hash}`).catch(() => undefined)
  }
}

/** The texts of Patchbay's units in a folder, drop-ins included. */
async function unitTexts(folder: string): Promise<string[]> {
  const own = (await namesIn(folder)).filter((name) => name.startsWith('patchbay-'))
  const texts = await Promise.all(
    own.map(async (name) =>
      name.endsWith('.d')
        ? Promise.all((await namesIn(`${folder}/${name}`)).map((one) => textOf(`${folder}/${name}/${one}`)))
        : textOf(`${folder}/${name}`),
    ),
  )
  return texts.flat()
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (isCode(error, 'ENOENT') || isCode(error, 'ENOTDIR')) return []
    throw error
  }
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    // Gone by now, a link to nothing or to itself, or a folder: it names no runtime.
    if (['ENOENT', 'ELOOP', 'EISDIR'].some((code) => isCode(error, code))) return ''
    throw error
  }
}
