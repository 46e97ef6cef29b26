import { readFile, writeFile } from 'node:fs/promises'
import { isCode } from '../root-files/folder'

/** Settings of the kernel below /proc/sys/net, by their place there. */
const placeOf = (name: string): string => `/proc/sys/net/${name}`

/** Null where the kernel has no such setting now. */
export async function readSetting(name: string): Promise<string | null> {
  try {
    return (await readFile(placeOf(name), 'utf8')).trim()
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null
    throw error
  }
}

/** Nothing to set is no error: a link or a module may have gone. */
export async function writeSetting(name: string, value: string): Promise<void> {
  try {
    if ((await readSetting(name)) !== value) await writeFile(placeOf(name), value, { flag: 'r+' })
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error
  }
}

/** Puts a setting back, unless somebody has given it yet another value since. */
export async function putSettingBack(name: string, ours: string, before: string): Promise<void> {
  if ((await readSetting(name)) === ours) await writeSetting(name, before)
}
