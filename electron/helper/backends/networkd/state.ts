import { readFile } from 'node:fs/promises'
import { watch } from 'node:fs'
import { runCommand } from '../../../system/command'
import { readKeys } from '../../../host/managers/networkd/facts'

const STATE = '/run/systemd/netif'

/** What networkd has written down of a link; empty when there is nothing. */
export async function linkStateOf(link: string): Promise<Record<string, string>> {
  const index = await indexOf(link)
  return index === null ? {} : ((await readKeys(`${STATE}/links/${index}`)) ?? {})
}

/** The link's DHCPv4 lease as networkd has written it down; null without one. */
export async function leaseKeysOf(link: string): Promise<Record<string, string> | null> {
  return readKeys(await leaseFile(link))
}

/** Where networkd writes a link's DHCPv4 lease down. */
export const leaseFile = async (link: string): Promise<string> =>
  `${STATE}/leases/${(await indexOf(link)) ?? 'none'}`

/** Whether a link has a DHCPv4 lease. */
export async function hasLease(link: string): Promise<boolean> {
  return (await leaseKeysOf(link))?.ADDRESS !== undefined
}

async function indexOf(link: string): Promise<string | null> {
  try {
    return (await readFile(`/sys/class/net/${link}/ifindex`, 'utf8')).trim()
  } catch {
    return null
  }
}

/** Whether networkd has taken a link up with the file `path`, and so has removed what it found there. */
export async function hasBegun(link: string, path: string): Promise<boolean> {
  return (await linkStateOf(link)).NETWORK_FILE === path
}

/** Whether networkd leaves a link alone. */
export async function isUnmanaged(link: string): Promise<boolean> {
  return (await linkStateOf(link)).ADMIN_STATE === 'unmanaged'
}

/** Whether networkd is done with a link, with the file `path` in force. */
export async function isConfigured(link: string, path: string): Promise<boolean> {
  const { NETWORK_FILE, ADMIN_STATE } = await linkStateOf(link)
  return NETWORK_FILE === path && ADMIN_STATE === 'configured'
}

/** Reads the configuration anew; links whose file has changed are configured again. */
export async function reload(): Promise<void> {
  await runCommand('networkctl', ['reload'])
}

/** Reports whenever networkd writes down a link's state or lease. */
export function listen(notice: () => void): () => void {
  const watchers = ['links', 'leases'].map((folder) => watch(`${STATE}/${folder}`, notice))
  return () => {
    for (const watcher of watchers) watcher.close()
  }
}
