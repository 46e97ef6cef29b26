import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { FileSet, PlannedFile, Side } from './change'
import { type FileCopy, putCopy, readCopy, removeFile } from './files'
import { readSaved, type SavedFile, saveFiles } from './saved-files'

/** The lists in a transaction's folder: the whole configuration before, and the changed files after. */
export const LISTS = { nic: 'files', bridge: 'after' } as const

/** Works out and saves the bridge's side of the planned files. The snapshot, which is the NIC's side, was taken before. */
export async function saveAfter(folder: string, files: readonly PlannedFile[]): Promise<void> {
  const now = Date.now() / 1000
  const copies = files.flatMap(({ path, after }): FileCopy[] => {
    if (after.by === 'manager' || after.content === null) return []
    const content = Buffer.from(after.content, 'utf8')
    return [{ path, mode: after.mode, uid: 0, gid: 0, modified: `${now.toFixed(3)}000000`, content }]
  })
  await saveFiles(folder, LISTS.bridge, copies)
}

/**
 * The files of a transaction. `managers` names those that the manager writes itself: going to the bridge, they are put
 * back only when they were kept once.
 */
export function fileSetOf(folder: string, paths: readonly string[], managers: readonly string[]): FileSet {
  const lists: Partial<Record<Side, readonly SavedFile[]>> = {}
  const copyOf = async (side: Side, path: string): Promise<FileCopy | null> => {
    lists[side] ??= await readSaved(folder, LISTS[side])
    const file = lists[side].find((one) => one.path === path)
    return file ? file.read() : null
  }
  const isManagersOwn = async (side: Side, path: string): Promise<boolean> =>
    side === 'bridge' && managers.includes(path) && (await copyOf(side, path)) === null
  return {
    paths,
    copyOf,
    async put(side, only = paths) {
      for (const path of only) {
        if (await isManagersOwn(side, path)) continue
        const wanted = await copyOf(side, path)
        if (wanted === null) await removeFile(path)
        else if (!isSame(wanted, await readCopy(path))) {
          await mkdir(dirname(path), { recursive: true, mode: 0o755 })
          await putCopy(wanted)
        }
      }
    },
    async differing(side, all) {
      const judged = await Promise.all(
        paths.map(async (path) => {
          if (!all && managers.includes(path)) return null
          if (await isManagersOwn(side, path)) return null
          return isSame(await copyOf(side, path), await readCopy(path)) ? null : path
        }),
      )
      return judged.filter((path) => path !== null)
    },
    async keepManagersFiles() {
      const copies = await Promise.all(managers.map(readCopy))
      const written = copies.filter((copy) => copy !== null)
      if (written.length === 0) return
      const others = paths.filter((path) => !managers.includes(path))
      const rest = await Promise.all(others.map((path) => copyOf('bridge', path)))
      await saveFiles(folder, LISTS.bridge, [...rest.filter((copy) => copy !== null), ...written])
      delete lists.bridge
    },
  }
}

/** A time that was not recorded, in snapshots of an older version, is not compared. */
function isSame(wanted: FileCopy | null, found: FileCopy | null): boolean {
  if (wanted === null || found === null) return wanted === found
  const alike = wanted.mode === found.mode && wanted.uid === found.uid && wanted.gid === found.gid
  return alike && wanted.content.equals(found.content)
}
