import { constants } from 'node:fs'
import {
  type FileHandle,
  lstat,
  mkdir,
  open,
  readdir,
  rename,
  rm,
  rmdir,
  symlink,
  unlink,
} from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { asideOf } from './file-copy'
import { createFile, inFolder, isCode, namingPath, reach } from './folder'

export { asideOf, type FileCopy, putCopy, readCopy } from './file-copy'
export { isCode } from './folder'

/**
 * Makes a folder unless it is there, and makes sure that it is one that only root may change: a symbolic link or
 * somebody else's folder is refused. `mode` holds for a new and an existing folder.
 */
export async function ownFolder(path: string, mode: number): Promise<void> {
  try {
    await inFolder(dirname(path), (parent) => mkdir(parent.at(basename(path)), { mode }), true)
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error
  }
  await inFolder(path, async ({ handle }) => {
    const status = await handle.stat()
    if ((status.mode & 0o777) !== mode) await handle.chmod(mode)
  })
}

/**
 * Makes a folder of the system's, and those on the way to it, for everybody to read, whatever this process's mask is; one that
 * is there stays as it is.
 */
export async function systemFolder(path: string): Promise<void> {
  try {
    await reach(path, async (at) => {
      await mkdir(at)
      await opened(at, (folder) => folder.chmod(0o755))
    })
  } catch (error) {
    if (isCode(error, 'EEXIST')) return
    if (!isCode(error, 'ENOENT') || dirname(path) === path) throw error
    await systemFolder(dirname(path))
    await systemFolder(path)
  }
}

/** Makes a folder. An existing one is an error. */
export function newFolder(path: string, mode: number): Promise<void> {
  return reach(path, (at) => mkdir(at, { mode }))
}

/** Whether anything lies there, a link that leads nowhere included. */
export async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path)
    return true
  } catch (error) {
    if (isCode(error, 'ENOENT') || isCode(error, 'ENOTDIR')) return false
    throw error
  }
}

/** Removes a file, or a folder with all that is in it; follows no link. Nothing there is no error. */
export const removeEntry = (path: string): Promise<void> => unlessNothing(reach(path, removeTree))

async function unlessNothing(work: Promise<void>): Promise<void> {
  try {
    await work
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error
  }
}

const OPEN_FOLDER = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW

async function opened<T>(path: string, work: (folder: FileHandle) => Promise<T>): Promise<T> {
  const folder = await open(path, OPEN_FOLDER)
  try {
    return await work(folder)
  } finally {
    await folder.close()
  }
}

async function removeTree(path: string): Promise<void> {
  try {
    await opened(path, (folder) => namingPath(folder, path, () => removeAllIn(folder)))
  } catch (error) {
    if (!isCode(error, 'ENOTDIR') && !isCode(error, 'ELOOP')) throw error
    await unlink(path)
    return
  }
  await rmdir(path)
}

async function removeAllIn({ fd }: FileHandle): Promise<void> {
  const inside = `/proc/self/fd/${fd}`
  for (const name of await readdir(inside)) await removeTree(`${inside}/${name}`)
}

/** Writes a new file, on disk when this returns. An existing one, or a symbolic link, is an error. */
export async function writeNew(path: string, content: string | Buffer, mode: number): Promise<void> {
  await reach(path, (at) => createFile(at, content, (file) => file.chmod(mode)))
}

/** Replaces a file at once: whoever reads it sees the old or the new content, also after a power loss. */
export async function replaceFile(
  path: string,
  aside: string,
  content: string | Buffer,
  mode: number,
): Promise<void> {
  await reach(aside, (at) => rm(at, { force: true }))
  await writeNew(aside, content, mode)
  await renameTo(path, aside)
  await syncFolder(dirname(path))
  await syncFolder(dirname(aside))
}

/**
 * Replaces a file and a symbolic link to it, on disk when this returns; whatever lies in either place goes. Both are made
 * aside first, so that a power loss has next to no time to leave one without the other.
 */
export async function replaceLinkedFile(
  path: string,
  link: string,
  content: string,
  mode: number,
): Promise<void> {
  const places = [path, link]
  for (const place of places) await reach(asideOf(place), (at) => rm(at, { force: true }))
  await writeNew(asideOf(path), content, mode)
  await reach(asideOf(link), (at) => symlink(path, at))
  await Promise.all(places.map((place) => renameTo(place, asideOf(place))))
  for (const folder of new Set(places.map((place) => dirname(place)))) await syncFolder(folder)
}

const renameTo = (path: string, aside: string): Promise<void> =>
  reach(aside, (from) => reach(path, (to) => rename(from, to)))

/** Makes the entries of a folder last over a power loss. */
export const syncFolder = (path: string): Promise<void> => inFolder(path, ({ handle }) => handle.sync())

/** Makes a file's content and its name last over a power loss. */
export async function syncFile(path: string): Promise<void> {
  await reach(path, async (at) => {
    const file = await open(at, constants.O_RDONLY | constants.O_NOFOLLOW)
    try {
      await file.sync()
    } finally {
      await file.close()
    }
  })
  await syncFolder(dirname(path))
}

/** Removes a file for good; nothing there is no error. */
export const removeFile = (path: string): Promise<void> => removeFiles([path])

/**
 * Removes files that belong together for good; nothing there is no error. No folder is synced before all are gone, so that
 * a power loss has next to no time to leave some of them.
 */
export async function removeFiles(paths: readonly string[]): Promise<void> {
  const remove = (path: string): Promise<void> => unlessNothing(reach(path, (at) => rm(at, { force: true })))
  await Promise.all(paths.map(asideOf).map(remove))
  await Promise.all(paths.map(remove))
  for (const folder of new Set(paths.map((path) => dirname(path)))) await unlessNothing(syncFolder(folder))
}
