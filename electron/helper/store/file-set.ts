import { dirname } from 'node:path'
import type { FileSet, PlannedFile, Side } from '../change/change'
import {
  asideOf,
  type FileCopy,
  putCopy,
  readCopy,
  removeEntry,
  removeFile,
  systemFolder,
} from '../root-files/files'
import { readSaved, type SavedFile, saveFiles } from './saved-files'

/** The lists in a transaction's folder: the whole configuration before, and the changed files after. */
export const LISTS = { nic: 'files', bridge: 'after' } as const

/** Lists of files that the user has changed since; they come before the others. */
const REBASED = { nic: 'files-since', bridge: 'after-since' } as const

const readRebased = async (folder: string, side: Side): Promise<SavedFile[]> =>
  (await readCopy(`${folder}/${REBASED[side]}.json`)) === null ? [] : readSaved(folder, REBASED[side])

/** Works out and saves the bridge's side of the planned files. The snapshot, which is the NIC's side, was taken before. */
export async function saveAfter(folder: string, files: readonly PlannedFile[]): Promise<void> {
  const now = Date.now() / 1000
  const copies = files.flatMap(({ path, after }): FileCopy[] => {
    if (after.by === 'manager' || after.content === null) return []
    const { content, mode, uid = 0, gid = 0 } = after
    return [{ path, mode, uid, gid, modified: `${now.toFixed(3)}000000`, content }]
  })
  await saveFiles(folder, LISTS.bridge, copies)
}

/**
 * The files of a transaction. `managers` names those that the manager writes itself: going to the bridge, they are put
 * back only when they were kept once.
 */
export function fileSetOf(folder: string, paths: readonly string[], managers: readonly string[]): FileSet {
  const lists = new Map<Side, readonly SavedFile[]>()
  const copyOf = async (side: Side, path: string): Promise<FileCopy | null> => {
    const list = lists.get(side) ?? [
      ...(await readRebased(folder, side)),
      ...(await readSaved(folder, LISTS[side])),
    ]
    lists.set(side, list)
    const file = list.find((one) => one.path === path)
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
        else if (isSame(wanted, await readCopy(path))) await removeEntry(asideOf(path))
        else {
          await systemFolder(dirname(path))
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
    async rebase(path, sides) {
      for (const side of ['nic', 'bridge'] as const) {
        const others = (await readRebased(folder, side)).filter((one) => one.path !== path)
        const copies = await Promise.all(others.map((one) => one.read()))
        await saveFiles(folder, REBASED[side], [...copies, sides[side]])
        lists.delete(side)
      }
    },
    async keepManagersFiles() {
      const copies = await Promise.all(managers.map(readCopy))
      const written = copies.filter((copy) => copy !== null)
      if (written.length === 0) return
      const others = paths.filter((path) => !managers.includes(path))
      const rest = await Promise.all(others.map((path) => copyOf('bridge', path)))
      await saveFiles(folder, LISTS.bridge, [...rest.filter((copy) => copy !== null), ...written])
      lists.delete('bridge')
    },
  }
}

/** A time that was not recorded, in snapshots of an older version, is not compared. */
function isSame(wanted: FileCopy | null, found: FileCopy | null): boolean {
  if (wanted === null || found === null) return wanted === found
  const alike = wanted.mode === found.mode && wanted.uid === found.uid && wanted.gid === found.gid
  return alike && wanted.content.equals(found.content)
}
