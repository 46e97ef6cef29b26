import { constants } from 'node:fs'
import { type FileHandle, lstat, open, readlink } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { PatchbayError } from '../../../shared/failure'
import { say } from '../../../shared/phrases/phrase'

/**
 * An open folder. Its entries are reached through it rather than by their path, so that nobody can put another folder,
 * or a symbolic link to one, in its place between a look and what follows from it.
 */
export interface Folder {
  readonly handle: FileHandle
  /** A path that means the entry `name` of this very folder, for as long as it is open. */
  at(name: string): string
}

/** From a folder of this name on, nothing that Patchbay reads or writes lies behind a symbolic link. */
const OWN = 'patchbay'

/** As many as the kernel follows, path_resolution(7). */
const MAX_LINKS = 40

const OPEN_FOLDER = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW

const namesIn = (path: string): string[] => path.split('/').filter((name) => name !== '' && name !== '.')

/** Whether what is at a path lies in a folder of Patchbay's own. */
export const isInOwnFolder = (path: string): boolean => namesIn(dirname(path)).includes(OWN)

/**
 * Opens a folder, step by step from the root, and gives it to `work`. Of Patchbay's own folders, it and each on the way to it
 * must be one that only root may change (`alone`), and no link leads into them; to all others a link that root made is
 * followed, as some keep /var elsewhere. Throws a `PatchbayError` `internal` when it is not so.
 */
export async function inFolder<T>(
  path: string,
  work: (folder: Folder) => Promise<T>,
  alone: boolean = namesIn(path).includes(OWN),
): Promise<T> {
  const handle = await openFolder(path, alone)
  try {
    return await namingPath(handle, path, () => work({ handle, at: (name) => entryOf(handle, name) }))
  } finally {
    await handle.close()
  }
}

/** Gives `work` the path that it is to use, which leads through the open folder that `path` lies in. */
export const reach = <T>(path: string, work: (at: string) => Promise<T>): Promise<T> =>
  inFolder(dirname(path), (folder) => work(folder.at(basename(path))))

/** Runs `work`; an error of it names the folder's path, as nobody knows of the number that it was reached by. */
export async function namingPath<T>({ fd }: FileHandle, path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw naming(path, error, new RegExp(`/proc/self/fd/${fd}(?!\\d)`, 'g'))
  }
}

/** The same error, with `path` instead of what it was `reached` by. */
function naming(path: string, error: unknown, reached: RegExp): unknown {
  if (error instanceof Error) {
    error.message = error.message.replace(reached, () => path)
    error.stack = error.stack?.replace(reached, () => path) ?? error.message
  }
  return error
}

const NEW_FILE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW

/** Writes a new file for root alone, which `finish` makes what it is to be before it is on disk. */
export async function createFile(
  at: string,
  content: string | Buffer,
  finish: (file: FileHandle) => Promise<void>,
): Promise<void> {
  const file = await open(at, NEW_FILE, 0o600)
  try {
    await file.writeFile(content)
    await finish(file)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Throws a `PatchbayError` `internal` when a folder is there but not for root alone: others may have written in it. */
export async function refuseUnlessAlone(path: string): Promise<void> {
  try {
    await inFolder(path, () => Promise.resolve())
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error
  }
}

async function openFolder(path: string, alone: boolean): Promise<FileHandle> {
  const names = namesIn(path)
  let here = await open('/', OPEN_FOLDER)
  let own = false
  let links = 0
  try {
    for (let name = names.shift(); name !== undefined; name = names.shift()) {
      own ||= name === OWN
      const target = own ? null : await linkAt(entryOf(here, name))
      if (target !== null) {
        if (++links > MAX_LINKS) throw unreachable(path, alone)
        names.unshift(...namesIn(target))
        if (!target.startsWith('/')) continue
      }
      const next = await open(target === null ? entryOf(here, name) : '/', OPEN_FOLDER)
      await here.close()
      here = next
      if (alone && !isFolderForRoot(await here.stat(), own)) throw notAlone(path)
    }
    return here
  } catch (error) {
    await here.close()
    if (isCode(error, 'ENOTDIR') || isCode(error, 'ELOOP')) throw unreachable(path, alone, error)
    if (isCode(error, 'ENOENT') && error instanceof Error)
      error.message = `ENOENT: there is no folder ${path}`
    throw naming(path, error, /\/proc\/self\/fd\/\d+\/[^'\n]*/g)
  }
}

/** Where a symbolic link leads; null for what is none. Somebody else's is taken for none, and not followed then. */
async function linkAt(path: string): Promise<string | null> {
  const status = await lstat(path)
  return status.isSymbolicLink() && isOwners(status) ? readlink(path) : null
}

function entryOf({ fd }: FileHandle, name: string): string {
  if (name === '' || name === '.' || name.includes('/')) throw new Error('not the name of an entry')
  return `/proc/self/fd/${fd}/${name}`
}

interface Rights {
  mode: number
  uid: number
  gid: number
}

const isOwners = ({ uid }: Pick<Rights, 'uid'>): boolean => uid === 0 || uid === process.getuid?.()

/** Whether nobody but root may change a folder's or a file's content. */
export const isForRootAlone = (rights: Rights): boolean => isOwners(rights) && (rights.mode & 0o022) === 0

/**
 * The system's own folders may belong to the group root, too, or be open to all as /tmp is, where nobody can touch what is
 * another's.
 */
function isFolderForRoot(rights: Rights, own: boolean): boolean {
  if (own) return isForRootAlone(rights)
  const { mode, gid } = rights
  const sticky = (mode & 0o1000) !== 0
  const byGroup = (mode & 0o020) !== 0 && gid !== 0
  return isOwners(rights) && (sticky || ((mode & 0o002) === 0 && !byGroup))
}

const unreachable = (path: string, alone: boolean, cause?: unknown): PatchbayError =>
  alone
    ? notAlone(path, cause)
    : new PatchbayError(
        {
          code: 'internal',
          message: say('not-folder-or-lies-behind', { path }),
          hint: say('find-out-who-made-patchbay'),
        },
        { cause },
      )

function notAlone(path: string, cause?: unknown): PatchbayError {
  return new PatchbayError(
    {
      code: 'internal',
      message: say('not-folder-belongs-to-root', { path }),
      hint: say('remove-try-again'),
    },
    { cause },
  )
}

/** Whether an error is Node's for the system error `code`, such as `ENOENT`. */
export function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
