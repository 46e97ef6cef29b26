import { createHash } from 'node:crypto'
import { constants, createReadStream } from 'node:fs'
import { copyFile, type FileHandle, lstat, open, rename, stat, statfs } from 'node:fs/promises'
import { PatchbayError } from '../../../shared/failure'
import { newFolder, ownFolder, removeEntry, syncFolder } from '../root-files/files'
import { inFolder, isCode, isForRootAlone, reach } from '../root-files/folder'
import { say } from '../../../shared/phrases/phrase'

/** A file of a runtime that is to be copied. */
export interface Piece {
  /** Its name beside the others. */
  name: string
  /** A path that leads to the very file; nobody can put another in its place there. */
  source: string
  executable: boolean
}

/** What must be left free for everything else. Bytes. */
const MARGIN = 32 * 1024 * 1024

/**
 * Copies the files of a runtime to a folder that bears the hash of their content, below `base`, unless they are there already.
 * The folder appears complete and on disk, or not at all, and only root may write in it. Returns its path. Throws a
 * `PatchbayError` `refused` when there is no room. Call it with the lock held.
 */
export async function copyRuntime(pieces: readonly Piece[], base: string): Promise<string> {
  await ownFolder(base, 0o755)
  const there = `${base}/${await hashOf(pieces, ({ source }) => source)}`
  if (await isComplete(there, pieces)) return there
  const aside = `${base}/.new`
  try {
    await refuseUnlessRoom(pieces, base)
    await removeEntry(aside)
    // Closed until its files have rights of their own: a copy starts with its source's, which may be set-user-ID.
    await newFolder(aside, 0o700)
    const copied = await inFolder(aside, async (folder) => {
      for (const piece of pieces) await copyPiece(piece, folder.at(piece.name))
      const hash = await hashOf(pieces, ({ name }) => folder.at(name))
      await folder.handle.chmod(0o755)
      await folder.handle.sync()
      return hash
    })
    // Named by what was copied: a library may have been written to since it was hashed.
    const path = `${base}/${copied}`
    await removeEntry(path)
    await reach(aside, (from) => reach(path, (to) => rename(from, to)))
    await syncFolder(base)
    return path
  } catch (error) {
    await removeEntry(aside)
    throw isCode(error, 'ENOSPC') || isCode(error, 'EDQUOT') ? noRoom(base, null, error) : error
  }
}

async function copyPiece({ source, executable }: Piece, at: string): Promise<void> {
  await copyFile(source, at, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE)
  await opened(at, async (file) => {
    await file.chmod(executable ? 0o755 : 0o644)
    await file.sync()
  })
}

async function opened<T>(at: string, work: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(at, constants.O_RDONLY | constants.O_NOFOLLOW)
  try {
    return await work(file)
  } finally {
    await file.close()
  }
}

async function hashOf(pieces: readonly Piece[], pathOf: (piece: Piece) => string): Promise<string> {
  const all = createHash('sha256')
  for (const piece of [...pieces].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const hash = createHash('sha256')
    for await (const chunk of createReadStream(pathOf(piece), { highWaterMark: 1024 * 1024 })) {
      hash.update(chunk as Buffer)
    }
    all.update(`${hash.digest('hex')} ${piece.name}\n`)
  }
  return all.digest('hex')
}

/** Only what is whole bears its name, so that it is enough to see that nobody has touched it. */
async function isComplete(path: string, pieces: readonly Piece[]): Promise<boolean> {
  try {
    return await inFolder(path, async (folder) => {
      for (const { name, source } of pieces) {
        const [copy, { size }] = await Promise.all([lstat(folder.at(name)), stat(source)])
        if (!copy.isFile() || !isForRootAlone(copy) || copy.size !== size) return false
      }
      return true
    })
  } catch (error) {
    if (isCode(error, 'ENOENT') || error instanceof PatchbayError) return false
    throw error
  }
}

async function refuseUnlessRoom(pieces: readonly Piece[], base: string): Promise<void> {
  const sizes = await Promise.all(pieces.map(async ({ source }) => (await stat(source)).size))
  const wanted = sizes.reduce((sum, size) => sum + size, MARGIN)
  const { bavail, bsize } = await statfs(base)
  if (bavail * bsize < wanted) throw noRoom(base, { wanted, free: bavail * bsize })
}

const MEGABYTE = 1_000_000

function noRoom(
  base: string,
  sizes: { wanted: number; free: number } | null,
  cause?: unknown,
): PatchbayError {
  const figures =
    sizes === null
      ? ''
      : `: ${Math.ceil(sizes.wanted / MEGABYTE)} MB are needed, ${Math.floor(sizes.free / MEGABYTE)} MB are free`
  return new PatchbayError(
    {
      code: 'refused',
      message: `There is not enough room in ${base} for a copy of the program that brings the network back${figures}`,
      hint: say('free-some-space-or-install'),
    },
    { cause },
  )
}
