import { lstat, readdir, readFile, realpath, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import {
  type DhcpClient,
  type FileStamp,
  type IfupdownFacts,
  INTERFACES,
  type InterfacesFile,
  parseIfstate,
} from './files'
import { hasPattern, isSourceName, matchesPattern, sourcePatterns } from './patterns'
import { parseInterfaces } from './syntax'
import { say, type Text } from '../../../../shared/phrases/phrase'

/** More files than anybody has; a folder of something else was named by mistake. */
const MAX_FILES = 200

/**
 * Reads ifupdown's files and state; null where /etc/network/interfaces is missing. Needs no root, but says in
 * `obstacles` what it could not read.
 * @param root a folder that stands for `/`, for tests
 */
export async function readIfupdown(root = ''): Promise<IfupdownFacts | null> {
  const reading = new Reading(root)
  await reading.file(INTERFACES)
  if (reading.files.length === 0 && reading.obstacles.length === 0) return null
  return {
    files: reading.files,
    obstacles: reading.obstacles,
    up: parseIfstate(await textOr(`${root}/run/network/ifstate`, '')),
    dhcpClient: await findDhcpClient(root),
  }
}

/** Follows `source` and `source-directory` as ifupdown 0.8.41 does (config.c): depth first, every file once. */
class Reading {
  readonly files: InterfacesFile[] = []
  readonly obstacles: Text[] = []
  private readonly seen = new Set<string>()

  constructor(private readonly root: string) {}

  async file(path: string): Promise<void> {
    if (this.seen.has(path)) return
    this.seen.add(path)
    if (this.files.length >= MAX_FILES) {
      this.obstacle(say('file-too-many', { path }))
      return
    }
    try {
      const realPath = await realpath(this.root + path)
      const status = await stat(realPath)
      // ifupdown opens a folder that a pattern matches as well, and reads nothing from it.
      if (status.isDirectory()) return
      const text = await readFile(realPath, 'latin1')
      if (text.includes('\0')) {
        this.obstacle(say('no-text-file', { path }))
        return
      }
      this.files.push({ path, realPath: realPath.slice(this.root.length), text, stamp: stampOf(status) })
      for (const source of parseInterfaces(text).sources) await this.follow(source, dirname(path))
    } catch (error) {
      if (!isMissing(error)) this.obstacle(say('cannot-read', { path }))
    }
  }

  private async follow(
    { word, pattern }: { word: 'source' | 'source-directory'; pattern: string },
    folder: string,
  ): Promise<void> {
    const patterns = sourcePatterns(pattern, folder)
    if (patterns === null) {
      this.obstacle(say('cannot-followed', { word, pattern }))
      return
    }
    for (const one of patterns) {
      for (const path of await this.expand(one)) {
        if (word === 'source') await this.file(path)
        else for (const name of await this.names(path, isSourceName)) await this.file(`${path}/${name}`)
      }
    }
  }

  /** glob(3), whose results wordexp(3) gives in order. */
  private async expand(pattern: string): Promise<string[]> {
    let paths = ['']
    for (const piece of pattern.split('/').filter((part) => part !== '')) {
      const next = await Promise.all(
        paths.map(async (path) => {
          if (!hasPattern(piece)) return [`${path}/${piece}`]
          const names = await this.names(path, (name) => matchesPattern(piece, name))
          return names.map((name) => `${path}/${name}`)
        }),
      )
      paths = next.flat()
    }
    return paths
  }

  private async names(folder: string, wanted: (name: string) => boolean): Promise<string[]> {
    try {
      return (await readdir(this.root + folder)).filter(wanted).sort()
    } catch (error) {
      if (!isMissing(error)) this.obstacle(say('cannot-read-2', { folder }))
      return []
    }
  }

  private obstacle(words: Text): void {
    this.obstacles.push(words)
  }
}

/** The stamp of a file that is there. Throws as `lstat` does. */
export const readStamp = async (path: string): Promise<FileStamp> => stampOf(await lstat(path))

function stampOf(status: {
  size: number
  mtimeMs: number
  mode: number
  uid: number
  gid: number
}): FileStamp {
  const { size, mtimeMs, mode, uid, gid } = status
  return { size, mtimeMs, mode: mode & 0o7777, uid, gid }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR', 'EACCES'].includes(String(error.code))

/** In ifupdown's order of preference (0.8.41, inet.defn). */
const DHCP_CLIENTS: readonly DhcpClient[] = ['dhclient', 'udhcpc', 'dhcpcd']

/** The PATH that networking.service has from systemd. */
const FOLDERS = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin']

async function findDhcpClient(root: string): Promise<DhcpClient | null> {
  for (const client of DHCP_CLIENTS) {
    for (const folder of FOLDERS) if (await isProgram(`${root}${folder}/${client}`)) return client
  }
  return null
}

/** A regular file that its owner may run: what ifupdown asks for (archcommon.c, `file_is_exec`). */
async function isProgram(path: string): Promise<boolean> {
  try {
    const status = await stat(path)
    return status.isFile() && (status.mode & 0o100) !== 0
  } catch (error) {
    // Whatever can't be looked at can't be run either; ifupdown sees it the same way.
    return error === null
  }
}

async function textOr(path: string, otherwise: string): Promise<string> {
  try {
    return await readFile(path, 'latin1')
  } catch (error) {
    if (isMissing(error)) return otherwise
    throw error
  }
}
