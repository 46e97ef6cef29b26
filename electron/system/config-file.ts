import { readFile, stat } from 'node:fs/promises'

/** A manager's configuration file as this process may see it. */
export interface ConfigFile {
  path: string
  /** Null when only root may read it, as with what netplan generates. */
  text: string | null
  /** Size, time of change, mode and owner: the same for everybody, and another after every edit. */
  stamp: string
}

/** Reads a file; null when there is none. */
export async function readConfigFile(path: string): Promise<ConfigFile | null> {
  try {
    const { size, mtimeMs, mode, uid, gid } = await stat(path)
    const stamp = [path, size, mtimeMs, mode.toString(8), uid, gid].join(' ')
    return { path, text: await readText(path), stamp }
  } catch {
    return null
  }
}

async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch {
    return null
  }
}
