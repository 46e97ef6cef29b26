import { lstat, readdir } from 'node:fs/promises'
import { PatchbayError } from '../../../shared/failure'
import type { Host } from '../../../shared/world/host'
import { DIGEST_VERSION, type SnapshotDigest } from '../../../shared/snapshot/snapshot'
import { networkPicture } from '../../../shared/snapshot/digest'
import { runCommand } from '../../system/command'
import { readOpenFiles } from '../../host/records/open-files'
import type { PlannedFile } from '../change/change'
import { LISTS } from './file-set'
import { exists, type FileCopy, isCode, readCopy, syncFolder, writeNew } from '../root-files/files'
import { saveFiles } from './saved-files'
import { say } from '../../../shared/phrases/phrase'

/** What the kernel had, one file for each; for people and for comparing, while `record.json` is what is restored from. */
const KERNEL_STATE: Readonly<Record<string, readonly string[]>> = {
  links: ['-d', 'link'],
  addresses: ['addr'],
  'routes-ipv4': ['-d', '-4', 'route', 'show', 'table', 'all'],
  'routes-ipv6': ['-d', '-6', 'route', 'show', 'table', 'all'],
  'rules-ipv4': ['-d', '-4', 'rule'],
  'rules-ipv6': ['-d', '-6', 'rule'],
}

/**
 * Copies the configuration and writes down the kernel's state, on disk when this returns. `sources` are files, or folders
 * with all that is below them; a missing one is skipped. The files that are to be changed are copied wherever they lie.
 * Returns how many files were copied. Throws a `PatchbayError` when one of them could not be put back.
 */
export async function takeSnapshot(
  folder: string,
  sources: readonly string[],
  planned: readonly PlannedFile[],
): Promise<number> {
  const copies = await readFiles([...sources, ...planned.map(({ path }) => path)])
  for (const file of planned) await refuseUnlessCopied(file, copies)
  for (const [name, args] of Object.entries(KERNEL_STATE)) {
    await writeNew(`${folder}/${name}.json`, await runCommand('ip', ['-j', ...args]), 0o600)
  }
  await saveFiles(folder, LISTS.nic, copies)
  await syncFolder(folder)
  return copies.length
}

/** What is not in the snapshot counts as not having been there, and is removed when the change is taken back. */
async function refuseUnlessCopied({ path, before }: PlannedFile, copies: readonly FileCopy[]): Promise<void> {
  const copy = copies.find((one) => one.path === path)
  if (copy === undefined && (await exists(path))) {
    throw new PatchbayError({
      code: 'refused',
      message: say('in-way-nothing-could-put', { path }),
      hint: say('move-elsewhere-try-again'),
    })
  }
  if (before === undefined || isSame(before, copy?.content ?? null)) return
  throw new PatchbayError({
    code: 'host-changed',
    message: say('changed-since-plan-made', { path }),
    hint: say('look-at-plan-again-confirm'),
  })
}

const isSame = (one: Buffer | null, other: Buffer | null): boolean =>
  one === null || other === null ? one === other : one.equals(other)

/** What everybody may know of the same, for comparing without root. `touched`: the files that the change will write. */
export async function takeDigest(
  host: Host,
  sources: readonly string[],
  touched: readonly string[],
): Promise<SnapshotDigest> {
  const files = await readOpenFiles(sources)
  return { version: DIGEST_VERSION, sources, files, touched, network: networkPicture(host) }
}

/** The regular files of `sources` as they are now. */
async function readFiles(sources: readonly string[]): Promise<FileCopy[]> {
  const paths = new Set((await Promise.all(sources.map((source) => filesIn(source)))).flat())
  const copies = await Promise.all([...paths].map(readCopy))
  return copies.filter((copy) => copy !== null)
}

/** Deeper than any manager's folders are. */
const MAX_DEPTH = 6

async function filesIn(source: string, depth = 0): Promise<string[]> {
  try {
    if (!(await lstat(source)).isDirectory()) return [source]
    if (depth === MAX_DEPTH) return []
    const names = (await readdir(source)).sort()
    return (await Promise.all(names.map((name) => filesIn(`${source}/${name}`, depth + 1)))).flat()
  } catch (error) {
    // Not there, or gone while it was looked at.
    if (isCode(error, 'ENOENT')) return []
    throw error
  }
}
