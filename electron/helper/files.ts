import { constants } from 'node:fs'
import { lstat, mkdir, open, readdir, rename, rm, rmdir, unlink } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { PatchbayError } from '../../shared/failure'
import { runCommand } from '../host/command'
import { inFolder, isCode, isForRootAlone, isInOwnFolder } from './folder'

export { isCode } from './folder'

/** Gives `work` the path that it is to use: through the open folder when `path` lies in one of Patchbay's own. */
function reach<T>(path: string, work: (at: string) => Promise<T>): Promise<T> {
  return isInOwnFolder(path)
    ? inFolder(dirname(path), (folder) => work(folder.at(basename(path))))
    : work(path)
}

/**
 * Makes a folder unless it is there, and makes sure that it is one that only root may change: a symbolic link or
 * somebody else's folder is refused. `mode` holds for a new and an existing folder.
 */
export async function ownFolder(path: string, mode: number): Promise<void> {
  try {
    await inFolder(dirname(path), (parent) => mkdir(parent.at(basename(path)), { mode }))
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error
  }
  await inFolder(path, async ({ handle }) => {
    const status = await handle.stat()
    if ((status.mode & 0o777) !== mode) await handle.chmod(mode)
  })
}

/** Makes a folder. An existing one is an error. */
export function newFolder(path: string, mode: number): Promise<void> {
  return reach(path, (at) => mkdir(at, { mode }))
}

/** Removes a file, or a folder with all that is in it; follows no link. Nothing there is no error. */
export async function removeEntry(path: string): Promise<void> {
  try {
    await reach(path, removeTree)
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error
  }
}

const OPEN_FOLDER = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW

async function removeTree(path: string): Promise<void> {
  let folder
  try {
    folder = await open(path, OPEN_FOLDER)
  } catch (error) {
    if (!isCode(error, 'ENOTDIR') && !isCode(error, 'ELOOP')) throw error
    await unlink(path)
    return
  }
  try {
    const inside = `/proc/self/fd/${folder.fd}`
    for (const name of await readdir(inside)) await removeTree(`${inside}/${name}`)
  } finally {
    await folder.close()
  }
  await rmdir(path)
}

/** Writes a new file, on disk when this returns. An existing one, or a symbolic link, is an error. */
export async function writeNew(
  path: string,
  content: string | Buffer,
  mode: number,
  owner?: { uid: number; gid: number },
): Promise<void> {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW
  await reach(path, async (at) => {
    const file = await open(at, flags, mode)
    try {
      await file.writeFile(content)
      if (owner) await file.chown(owner.uid, owner.gid)
      // Last, because changing the owner takes set-user-ID bits away.
      await file.chmod(mode)
      await file.sync()
    } finally {
      await file.close()
    }
  })
}

/** Replaces a file at once: whoever reads it sees the old or the new content, also after a power loss. */
export async function replaceFile(path: string, aside: string, content: string, mode: number): Promise<void> {
  await reach(aside, (at) => rm(at, { force: true }))
  await writeNew(aside, content, mode)
  await reach(aside, (from) => reach(path, (to) => rename(from, to)))
  await syncFolder(dirname(path))
  await syncFolder(dirname(aside))
}

/** Makes the entries of a folder last over a power loss. */
export async function syncFolder(path: string): Promise<void> {
  if (isInOwnFolder(`${path}/entry`)) {
    await inFolder(path, ({ handle }) => handle.sync())
    return
  }
  const folder = await open(path, constants.O_RDONLY | constants.O_DIRECTORY)
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** Makes a file's content and its name last over a power loss. */
export async function syncFile(path: string): Promise<void> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW)
  try {
    await file.sync()
  } finally {
    await file.close()
  }
  await syncFolder(dirname(path))
}

export interface FileCopy {
  path: string
  mode: number
  uid: number
  gid: number
  /** When the content was changed last: seconds since 1970 with nine digits after the point, as touch(1) takes it. */
  modified: string
  content: Buffer
}

/** More than any configuration file has. Bytes. */
const MAX_FILE_BYTES = 4 * 1024 * 1024
const BILLION = 1_000_000_000n

/**
 * Reads a regular file without following a symbolic link; null when it is none, or gone, or lies in Patchbay's own folder and
 * is not root's alone.
 */
export async function readCopy(path: string): Promise<FileCopy | null> {
  try {
    return await reach(path, (at) => readCopyAt(at, path))
  } catch (error) {
    if (error instanceof PatchbayError) throw error
    if (isCode(error, 'ENOENT') || isCode(error, 'ELOOP')) return null
    throw new PatchbayError(
      { code: 'internal', message: `${basename(path)} could not be read: ${String(error)}` },
      { cause: error },
    )
  }
}

async function readCopyAt(at: string, path: string): Promise<FileCopy | null> {
  const file = await open(at, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  try {
    const status = await file.stat({ bigint: true })
    if (!status.isFile() || status.size > MAX_FILE_BYTES) return null
    const [mode, uid, gid] = [Number(status.mode), Number(status.uid), Number(status.gid)]
    if (isInOwnFolder(path) && !isForRootAlone({ mode, uid, gid })) return null
    const { mtimeNs } = status
    const modified = `${mtimeNs / BILLION}.${String(mtimeNs % BILLION).padStart(9, '0')}`
    return { path, mode: mode & 0o7777, uid, gid, modified, content: await file.readFile() }
  } finally {
    await file.close()
  }
}

/**
 * Puts a file into its place as it was: content, mode, owner, time of change and, where the kernel labels files, the SELinux
 * label that the place has. Whoever reads it sees the old or the new file, also after a power loss.
 */
export async function putCopy({ path, mode, uid, gid, modified, content }: FileCopy): Promise<void> {
  // No manager reads a hidden name; the name is always the same, so that a leftover is replaced by the next one.
  const aside = `${dirname(path)}/.${basename(path)}.patchbay`
  await rm(aside, { force: true })
  await writeNew(aside, content, mode, { uid, gid })
  await runCommand('touch', ['--no-dereference', `--date=@${modified}`, aside])
  if (await labelsFiles()) await runCommand('chcon', [`--reference=${path}`, aside]).catch(() => undefined)
  await rename(aside, path)
  await syncFile(path)
}

/** Whether SELinux is in force; its file system is mounted then. */
async function labelsFiles(): Promise<boolean> {
  try {
    return (await lstat('/sys/fs/selinux/enforce')).isFile()
  } catch {
    return false
  }
}

/** Removes a file for good; nothing there is no error. */
export async function removeFile(path: string): Promise<void> {
  await rm(path, { force: true })
  await rm(`${dirname(path)}/.${basename(path)}.patchbay`, { force: true })
  try {
    await syncFolder(dirname(path))
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error
  }
}
