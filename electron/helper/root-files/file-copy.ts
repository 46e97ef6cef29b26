import { constants } from 'node:fs'
import { type FileHandle, lstat, open, rename, rm } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { PatchbayError } from '../../../shared/failure'
import { runCommand } from '../../system/command'
import { createFile, inFolder, isCode, isForRootAlone, isInOwnFolder, reach } from './folder'

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
  await inFolder(dirname(path), async (folder) => {
    const aside = folder.at(basename(asideOf(path)))
    await rm(aside, { force: true })
    try {
      await createFile(aside, content, async (file) => {
        await file.chown(uid, gid)
        // Afterwards, because changing the owner takes set-user-ID bits away.
        await file.chmod(mode)
        await setTime(file, path, modified)
        if (await labelsFiles()) await run('chcon', [`--reference=${path}`], file).catch(() => undefined)
      })
      await rename(aside, folder.at(basename(path)))
    } catch (error) {
      await rm(aside, { force: true })
      throw error
    }
    await folder.handle.sync()
  })
}

/**
 * Where a file is written before it gets its name. No manager reads a hidden one; it is always the same, so that a leftover
 * is found again.
 */
export const asideOf = (path: string): string => `${dirname(path)}/.${basename(path)}.patchbay`

/** To the last digit, which Node's own call does not take. */
async function setTime(file: FileHandle, path: string, modified: string): Promise<void> {
  try {
    await run('touch', ['--no-create', `--date=@${modified}`], file)
  } catch (error) {
    throw new Error(`the time of ${path} could not be set`, { cause: error })
  }
}

/** Runs a command on an open file: whatever has its name meanwhile is not touched. */
const run = (command: string, words: readonly string[], { fd }: FileHandle): Promise<string> =>
  runCommand(command, [...words, `/proc/${process.pid}/fd/${fd}`])

/** Whether SELinux is in force; its file system is mounted then. */
async function labelsFiles(): Promise<boolean> {
  try {
    return (await lstat('/sys/fs/selinux/enforce')).isFile()
  } catch {
    return false
  }
}
