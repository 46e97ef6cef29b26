import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { once } from 'node:events'
import { note, start } from './command'

/** What is built once and used by every lab: the guest's kernel and start-up disk, the workstation's root. */
export const cacheFolder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'patchbay-lab')

/** Where scripts/electron-runtime.mjs keeps a substitute Electron. */
export const runtimeFolder = join(dirname(cacheFolder), 'patchbay')

/**
 * Returns the folder `name` of the cache, after `build` has filled it if it was not there.
 * The folder appears complete or not at all, and two processes never build the same one at once.
 */
export async function cached(name: string, build: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(cacheFolder, name)
  if (existsSync(folder)) return folder
  await mkdir(cacheFolder, { recursive: true })
  const unlock = await lock(`${folder}.lock`)
  const aside = `${folder}.${randomBytes(3).toString('hex')}.new`
  try {
    // Somebody else may have built it while this process waited for the lock.
    if (existsSync(folder)) return folder
    note(`building ${name}`)
    await mkdir(aside)
    await build(aside)
    await rename(aside, folder)
    return folder
  } finally {
    await rm(aside, { recursive: true, force: true })
    unlock()
  }
}

/**
 * Removes what was built from recipes that have changed since, and returns the names.
 * @param current the names in use now; only call this while no lab runs
 */
export async function removeOutdated(current: readonly string[]): Promise<string[]> {
  if (!existsSync(cacheFolder)) return []
  const outdated = (await readdir(cacheFolder)).filter(
    (name) =>
      /^[a-z]+-[0-9a-f]{8}(\.[0-9a-f]{6}\.new|\.lock)?$/.test(name) &&
      !current.some((kept) => name.startsWith(kept)),
  )
  for (const name of outdated) await rm(join(cacheFolder, name), { recursive: true, force: true })
  return outdated
}

/** Waits until this process alone holds the lock; the kernel takes it back when the process ends. */
async function lock(file: string): Promise<() => void> {
  const holder = start(['flock', file, 'sh', '-c', 'echo locked; cat'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  if (!holder.stdout || !holder.stdin) throw new Error('flock was started without pipes')
  await once(holder.stdout, 'data')
  const { stdin } = holder
  return () => stdin.end()
}
