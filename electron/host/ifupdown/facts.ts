import { readdir, readFile, realpath } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { type ConfigFile, readConfigFile } from '../config-file'
import { type InterfacesFile, parseInterfaces } from './interfaces'

/** What ifupdown is configured to do. */
export interface IfupdownFacts {
  /** /etc/network/interfaces and all that it sources, in the order in which they are read, by their real paths. */
  files: readonly ConfigFile[]
  /** Whether files in /etc/network/interfaces.d are read. */
  readsFolder: boolean
}

const MAIN = '/etc/network/interfaces'
export const INTERFACES_FOLDER = '/etc/network/interfaces.d'
/** Sources may source again; more than this is a mistake. */
const MAX_FILES = 50

/** Reads the configuration; null without ifupdown. */
export async function readIfupdown(): Promise<IfupdownFacts | null> {
  const files = await readSourced(MAIN, new Set())
  if (files.length === 0) return null
  const readsFolder = files.some(({ path, text }) =>
    sourcesOf(parseInterfaces(text ?? ''), path).some(
      ({ folder, pattern }) => folder === INTERFACES_FOLDER && pattern.test('patchbay-br0'),
    ),
  )
  return { files, readsFolder }
}

async function readSourced(path: string, seen: Set<string>): Promise<ConfigFile[]> {
  const real = await realpath(path).catch(() => null)
  if (real === null || seen.has(real) || seen.size >= MAX_FILES) return []
  seen.add(real)
  const file = await readConfigFile(real)
  if (file === null) return []
  const sourced: ConfigFile[] = []
  for (const { folder, pattern } of sourcesOf(parseInterfaces(file.text ?? ''), path)) {
    for (const name of await namesIn(folder, pattern)) {
      sourced.push(...(await readSourced(`${folder}/${name}`, seen)))
    }
  }
  return [file, ...sourced]
}

interface Source {
  folder: string
  pattern: RegExp
}

/** Only the last part of a path may be a pattern here; `source-directory` takes names of letters, digits, `_` and `-`. */
function sourcesOf({ lines }: InterfacesFile, path: string): Source[] {
  return lines.flatMap(({ part }) => {
    if (part.kind !== 'source') return []
    return part.patterns.map((wanted) => {
      const full = resolve(dirname(path), wanted)
      if (part.word === 'source-directory') return { folder: full, pattern: /^[a-zA-Z0-9_-]+$/ }
      return { folder: dirname(full), pattern: globOf(full.slice(dirname(full).length + 1)) }
    })
  })
}

/** As wordexp(3): `*` and `?` match no leading dot. */
function globOf(pattern: string): RegExp {
  const body = pattern
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^(?!\\.)${body}$`)
}

async function namesIn(folder: string, pattern: RegExp): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => pattern.test(name)).sort()
  } catch {
    return []
  }
}

/** The links that ifupdown has brought up, by /run/network/ifstate with its lines `LINK=STANZA`. */
export async function linksUp(): Promise<string[]> {
  try {
    const lines = (await readFile('/run/network/ifstate', 'utf8')).split('\n')
    return lines.map((line) => line.split('=')[0] ?? '').filter((name) => name !== '')
  } catch {
    return []
  }
}
