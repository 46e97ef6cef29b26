import { lstat, readdir } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { runCommand } from '../host/command'
import { type FileCopy, newFolder, readCopy, syncFolder, writeNew } from './files'

/** One configuration file as it was; its content lies beside the list, under `copy`. */
export interface SavedFile {
  path: string
  /** Permission bits, owner, group. */
  mode: number
  uid: number
  gid: number
  sha256: string
  copy: string
}

/** What the kernel had, one file for each. */
const KERNEL_STATE: Readonly<Record<string, readonly string[]>> = {
  links: ['-d', 'link'],
  addresses: ['addr'],
  'routes-ipv4': ['-4', 'route', 'show', 'table', 'all'],
  'routes-ipv6': ['-6', 'route', 'show', 'table', 'all'],
  'rules-ipv4': ['-4', 'rule'],
  'rules-ipv6': ['-6', 'rule'],
}

/**
 * Copies the configuration and writes down the kernel's state, on disk when this returns.
 * `sources` are files, or folders whose regular files are copied; a missing one is skipped.
 */
export async function takeSnapshot(folder: string, sources: readonly string[]): Promise<SavedFile[]> {
  await newFolder(`${folder}/files`, 0o700)
  const saved = await readFiles(sources)
  for (const { file, content } of saved) await writeNew(`${folder}/${file.copy}`, content, 0o600)
  for (const [name, args] of Object.entries(KERNEL_STATE)) {
    await writeNew(`${folder}/${name}.json`, await runCommand('ip', ['-j', ...args]), 0o600)
  }
  const files = saved.map(({ file }) => file)
  await writeNew(`${folder}/files.json`, `${JSON.stringify(files, null, 2)}\n`, 0o600)
  await syncFolder(`${folder}/files`)
  await syncFolder(folder)
  return files
}

const savedFiles = z.array(
  z.object({
    path: z.string(),
    mode: z.number(),
    uid: z.number(),
    gid: z.number(),
    sha256: z.string(),
    copy: z.string(),
  }),
)

/** A configuration file out of a snapshot; null when it is not in it, or not as it was saved. */
export async function savedCopy(folder: string, path: string): Promise<FileCopy | null> {
  const list = await readCopy(`${folder}/files.json`)
  const files = list ? savedFiles.parse(JSON.parse(list.content.toString('utf8'))) : []
  const file = files.find((one) => one.path === path)
  const copy = file ? await readCopy(`${folder}/${file.copy}`) : null
  if (!file || !copy || sha256Of(copy.content) !== file.sha256) return null
  return { path, mode: file.mode, uid: file.uid, gid: file.gid, content: copy.content }
}

const sha256Of = (content: Buffer): string => createHash('sha256').update(content).digest('hex')

/** The files of `sources` as they are now, for comparing with a snapshot. */
export async function currentFiles(sources: readonly string[]): Promise<SavedFile[]> {
  return (await readFiles(sources)).map(({ file }) => file)
}

async function readFiles(sources: readonly string[]): Promise<{ file: SavedFile; content: Buffer }[]> {
  const paths = (await Promise.all(sources.map(filesIn))).flat()
  const copies = await Promise.all(paths.map(readCopy))
  return copies
    .filter((copy) => copy !== null)
    .map(({ content, ...rest }, index) => {
      return { file: { ...rest, sha256: sha256Of(content), copy: `files/${index}` }, content }
    })
}

async function filesIn(source: string): Promise<string[]> {
  try {
    const status = await lstat(source)
    if (!status.isDirectory()) return [source]
    return (await readdir(source)).sort().map((name) => `${source}/${name}`)
  } catch {
    return []
  }
}

/** The paths that were changed, removed or added between two states of the configuration. Pure. */
export function differences(before: readonly SavedFile[], after: readonly SavedFile[]): string[] {
  const key = ({ path, mode, uid, gid, sha256 }: SavedFile): string => [path, mode, uid, gid, sha256].join()
  const [then, now] = [before, after].map((files) => new Map(files.map((file) => [file.path, key(file)])))
  const paths = new Set([...(then?.keys() ?? []), ...(now?.keys() ?? [])])
  return [...paths].filter((path) => then?.get(path) !== now?.get(path))
}
