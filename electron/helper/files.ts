import { constants } from 'node:fs'
import { chmod, chown, lstat, mkdir, open, rename, rm } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { PatchbayError } from '../../shared/failure'
import { runCommand } from '../host/command'

/**
 * Makes a folder unless it is there, and makes sure that it is one that only root may change: a symbolic link or
 * somebody else's folder is refused. `mode` holds for a new and an existing folder.
 */
export async function ownFolder(path: string, mode: number): Promise<void> {
  try {
    await mkdir(path, { mode })
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error
  }
  const status = await lstat(path)
  const writableByOthers = (status.mode & 0o022) !== 0
  if (!status.isDirectory() || status.uid !== process.getuid?.() || writableByOthers) {
    throw new PatchbayError({
      code: 'internal',
      message: `${path} is not a folder that belongs to root alone`,
      hint: 'Remove it, and try again.',
    })
  }
  if ((status.mode & 0o777) !== mode) await chmod(path, mode)
}

/** Writes a new file, on disk when this returns. An existing one, or a symbolic link, is an error. */
export async function writeNew(path: string, content: string | Buffer, mode: number): Promise<void> {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW
  const file = await open(path, flags, mode)
  try {
    await file.writeFile(content)
    await file.chmod(mode)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Replaces a file at once: whoever reads it sees the old or the new content, also after a power loss. */
export async function replaceFile(path: string, aside: string, content: string, mode: number): Promise<void> {
  await rm(aside, { force: true })
  await writeNew(aside, content, mode)
  await rename(aside, path)
  await syncFolder(dirname(path))
  await syncFolder(dirname(aside))
}

/** Makes the entries of a folder last over a power loss. */
export async function syncFolder(path: string): Promise<void> {
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

/** Reads a regular file without following a symbolic link; null when it is none, or gone. */
export async function readCopy(path: string): Promise<FileCopy | null> {
  try {
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    try {
      const status = await file.stat({ bigint: true })
      if (!status.isFile() || status.size > MAX_FILE_BYTES) return null
      const { mode, uid, gid, mtimeNs } = status
      return {
        path,
        mode: Number(mode) & 0o7777,
        uid: Number(uid),
        gid: Number(gid),
        modified: `${mtimeNs / BILLION}.${String(mtimeNs % BILLION).padStart(9, '0')}`,
        content: await file.readFile(),
      }
    } finally {
      await file.close()
    }
  } catch (error) {
    if (isCode(error, 'ENOENT') || isCode(error, 'ELOOP')) return null
    throw new PatchbayError(
      { code: 'internal', message: `${basename(path)} could not be read: ${String(error)}` },
      { cause: error },
    )
  }
}

/** Whether an error is Node's for the system error `code`, such as `ENOENT`. */
export function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

/**
 * Puts a file into its place as it was: content, mode, owner, time of change and, where the kernel labels files, the SELinux
 * label that the place has. Whoever reads it sees the old or the new file, also after a power loss.
 */
export async function putCopy({ path, mode, uid, gid, modified, content }: FileCopy): Promise<void> {
  // No manager reads a hidden name; the name is always the same, so that a leftover is replaced by the next one.
  const aside = `${dirname(path)}/.${basename(path)}.patchbay`
  await rm(aside, { force: true })
  await writeNew(aside, content, mode)
  await chown(aside, uid, gid)
  // Changing the owner takes set-user-ID bits away.
  await chmod(aside, mode)
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
