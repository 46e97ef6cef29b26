import { chmod, mkdir, rm, writeFile } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { reload } from './state'

/** A file that comes before the port's, and is gone after a restart. */
const pathFor = (port: string): string =>
  `/run/systemd/network/${basename(port).replace(/port\.network$/, 'aside.network')}`

/** Has networkd leave the NIC alone from the next reload on: a port that it releases itself is without network for long. */
export async function putAside(nic: string, port: string): Promise<void> {
  const path = pathFor(port)
  // For networkd, which is not root.
  if ((await mkdir(dirname(path), { recursive: true })) !== undefined) await chmod(dirname(path), 0o755)
  await writeFile(path, `[Match]\nName=${nic}\n\n[Link]\nUnmanaged=yes\n`)
  await chmod(path, 0o644)
  await reload()
}

/** Ends that, from the next reload on. Idempotent. */
export const removeAside = (port: string): Promise<void> => rm(pathFor(port), { force: true })
