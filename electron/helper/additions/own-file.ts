import { dirname } from 'node:path'
import { PatchbayError } from '../../../shared/failure'
import { readFile } from 'node:fs/promises'
import { asideOf, isCode, removeEntry, removeFile, replaceFile, systemFolder } from '../root-files/files'
import { reach } from '../root-files/folder'
import { say } from '../../../shared/phrases/phrase'

/** A file that an addition brings along, for everybody to read. */
export interface OwnFile {
  path: string
  content: string
}

const contentOf = async (path: string): Promise<string | null> => {
  try {
    return await reach(path, (at) => readFile(at, 'utf8'))
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null
    throw error
  }
}

/** @throws PatchbayError `refused` when something else is in its place */
export async function refuseTaken({ path, content }: OwnFile): Promise<void> {
  const there = await contentOf(path)
  if (there === null || there === content) return
  throw new PatchbayError({
    code: 'refused',
    message: say('file-already-says-something-else', { path }),
    hint: say('look-for-remove-to-let'),
  })
}

export async function putOwnFile(file: OwnFile): Promise<void> {
  const { path, content } = file
  if (await isOwnFileThere(file)) return removeEntry(asideOf(path))
  await systemFolder(dirname(path))
  await replaceFile(path, asideOf(path), content, 0o644)
}

/** What somebody has changed since is theirs; what a killed helper has left beside it is not. */
export async function removeOwnFile(file: OwnFile): Promise<void> {
  if (await isOwnFileThere(file)) await removeFile(file.path)
  else await removeEntry(asideOf(file.path))
}

export const isOwnFileThere = async ({ path, content }: OwnFile): Promise<boolean> =>
  (await contentOf(path)) === content
