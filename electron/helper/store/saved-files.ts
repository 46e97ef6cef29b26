import { createHash, randomBytes } from 'node:crypto'
import { dirname } from 'node:path'
import { z } from 'zod'
import { PatchbayError } from '../../../shared/failure'
import {
  type FileCopy,
  newFolder,
  readCopy,
  removeEntry,
  replaceFile,
  syncFolder,
  writeNew,
} from '../root-files/files'
import { say } from '../../../shared/phrases/phrase'

/**
 * Copies of configuration files in a transaction's folder: a list `NAME.json`, and the contents in `NAME-…/`. The list is
 * written last, so that one that is there is complete.
 */
export interface SavedFile {
  path: string
  mode: number
  uid: number
  gid: number
  sha256: string
  /** The content; throws a `PatchbayError` when it is not what was saved. */
  read(): Promise<FileCopy>
}

const savedFiles = z.array(
  z.object({
    path: z.string(),
    mode: z.number(),
    uid: z.number(),
    gid: z.number(),
    /** Not in lists of the first version. */
    modified: z.string().optional(),
    sha256: z.string(),
    copy: z.string(),
  }),
)

/** Saves the copies, on disk when this returns. A list of this name that was there is good until this one takes its place. */
export async function saveFiles(folder: string, name: string, copies: readonly FileCopy[]): Promise<void> {
  const outdated = await foldersOf(folder, name)
  const place = `${name}-${randomBytes(4).toString('hex')}`
  await newFolder(`${folder}/${place}`, 0o700)
  const list = copies.map(({ content, ...rest }, index) => ({
    ...rest,
    sha256: sha256Of(content),
    copy: `${place}/${index}`,
  }))
  for (const [index, { content }] of copies.entries()) {
    await writeNew(`${folder}/${place}/${index}`, content, 0o600)
  }
  await syncFolder(`${folder}/${place}`)
  const path = `${folder}/${name}.json`
  await replaceFile(path, `${path}.new`, `${JSON.stringify(list, null, 2)}\n`, 0o600)
  for (const old of outdated) await removeEntry(`${folder}/${old}`)
}

/** The folders that a list's contents lie in. */
async function foldersOf(folder: string, name: string): Promise<Set<string>> {
  const list = await readCopy(`${folder}/${name}.json`)
  const saved = savedFiles.safeParse(list === null ? [] : parse(list.content))
  return new Set((saved.data ?? []).map(({ copy }) => dirname(copy)).filter((one) => one.startsWith(name)))
}

/** Throws a `PatchbayError` `internal` when the list is missing or makes no sense: what was before is not guessed. */
export async function readSaved(folder: string, name: string): Promise<SavedFile[]> {
  const list = await readCopy(`${folder}/${name}.json`)
  if (list === null) throw damaged(`${name}.json is missing`)
  const parsed = savedFiles.safeParse(parse(list.content))
  if (!parsed.success) throw damaged(`${name}.json makes no sense`)
  return parsed.data.map(({ copy, modified, ...file }) => ({
    ...file,
    async read() {
      const saved = await readCopy(`${folder}/${copy}`)
      if (saved === null || sha256Of(saved.content) !== file.sha256) throw damaged(`the copy of ${file.path}`)
      const { path, mode, uid, gid } = file
      return { path, mode, uid, gid, modified: modified ?? saved.modified, content: saved.content }
    },
  }))
}

const damaged = (what: string): PatchbayError =>
  new PatchbayError({
    code: 'internal',
    message: say('snapshot-damaged', { what }),
    hint: say('bring-network-configuration-back-hand-copies'),
  })

function parse(content: Buffer): unknown {
  try {
    return JSON.parse(content.toString('utf8'))
  } catch {
    return undefined
  }
}

const sha256Of = (content: Buffer): string => createHash('sha256').update(content).digest('hex')
