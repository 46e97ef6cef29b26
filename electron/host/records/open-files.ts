import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { lstat, open, readdir, readlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import { withoutSecrets } from '../../../shared/snapshot/secrets'
import type { FileContent, FileState, OpenFile, OpenFiles } from '../../../shared/snapshot/snapshot'

/** Deeper than any manager's folders are. */
const MAX_DEPTH = 6
/** More files than any host's configuration has. */
const MAX_FILES = 300
/** Longer texts are told apart by their hash only. Bytes. */
const MAX_TEXT_BYTES = 32 * 1024
/** Longer files count as closed. Bytes. */
const MAX_FILE_BYTES = 4 * 1024 * 1024
const BILLION = 1_000_000_000n

const forOthers = { read: 0o004, search: 0o001 }

/**
 * Configuration files as somebody without any rights sees them, whoever asks: root and anybody else get the same answer.
 * `sources` are files, or folders with all that is below them; a missing one is skipped.
 */
export async function readOpenFiles(sources: readonly string[]): Promise<OpenFiles> {
  const found: Found = { files: [], closed: [] }
  for (const source of sources) {
    const closed = await closedOnTheWay(source)
    if (closed === null) await collect(source, found, 0)
    else if (!found.closed.includes(closed)) found.closed.push(closed)
  }
  return found
}

/** The first folder on the way to `path` that not everybody may pass; null when there is none. */
async function closedOnTheWay(path: string): Promise<string | null> {
  const folders: string[] = []
  for (let folder = dirname(path); folder !== '/'; folder = dirname(folder)) folders.unshift(folder)
  for (const folder of folders) {
    const status = await orNull(lstat(folder))
    if (status === null) return null
    if (status.isDirectory() && (status.mode & forOthers.search) === 0) return folder
  }
  return null
}

interface Found {
  files: OpenFile[]
  closed: string[]
}

async function collect(path: string, found: Found, depth: number): Promise<void> {
  const status = await orNull(lstat(path))
  if (status === null || found.files.length >= MAX_FILES) return
  if (status.isDirectory()) {
    const listed = (status.mode & forOthers.read) !== 0 && (status.mode & forOthers.search) !== 0
    const names = listed && depth < MAX_DEPTH ? await orNull(readdir(path)) : null
    if (names === null) found.closed.push(path)
    for (const name of names?.sort() ?? []) await collect(`${path}/${name}`, found, depth + 1)
    return
  }
  const state = status.isSymbolicLink() ? await readLink(path) : await readState(path)
  if (state !== null) found.files.push({ path, ...state })
}

async function readLink(path: string): Promise<FileState | null> {
  const target = await orNull(readlink(path))
  return target === null ? null : { kind: 'link', target }
}

async function readState(path: string): Promise<FileState | null> {
  const status = await orNull(lstat(path, { bigint: true }))
  if (status?.isFile() !== true) return null
  const [mode, uid, gid, size] = [status.mode, status.uid, status.gid, status.size].map(Number)
  if (mode === undefined || uid === undefined || gid === undefined || size === undefined) return null
  const nanoseconds = String(status.mtimeNs % BILLION).padStart(9, '0')
  const modified = `${status.mtimeNs / BILLION}.${nanoseconds}`
  const content = await readContent(path)
  return { kind: 'file', size, mode: mode & 0o7777, uid, gid, modified, content }
}

const CLOSED: FileContent = { kind: 'closed' }

async function readContent(path: string): Promise<FileContent> {
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK
  const file = await orNull(open(path, flags))
  if (file === null) return CLOSED
  try {
    // Of the very file that is read: it may have been replaced by a closed one since.
    const { mode, size } = await file.stat()
    if ((mode & forOthers.read) === 0 || size > MAX_FILE_BYTES) return CLOSED
    const bytes = await file.readFile()
    const text = bytes.length > MAX_TEXT_BYTES ? null : textOf(bytes)
    if (text === null) return { kind: 'hash', sha256: createHash('sha256').update(bytes).digest('hex') }
    return { kind: 'text', text: withoutSecrets(text) }
  } finally {
    await file.close()
  }
}

/** Null for what is no text. */
function textOf(bytes: Buffer): string | null {
  const text = bytes.toString('utf8')
  return text.includes('\0') || !Buffer.from(text, 'utf8').equals(bytes) ? null : text
}

const NOT_TO_BE_SEEN = ['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'ELOOP', 'EINVAL', 'ENXIO']

/** Null for what is not there, gone meanwhile, or not to be seen. */
async function orNull<T>(promise: Promise<T>): Promise<T | null> {
  try {
    return await promise
  } catch (error) {
    if (error instanceof Error && 'code' in error && NOT_TO_BE_SEEN.some((code) => code === error.code))
      return null
    throw error
  }
}
