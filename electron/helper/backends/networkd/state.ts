import { readFile } from 'node:fs/promises'
import { watch } from 'node:fs'
import { PatchbayError } from '../../../../shared/failure'
import { runCommand } from '../../../host/command'
import { readKeys } from '../../../host/networkd/facts'
import { unless } from '../../session'

const STATE = '/run/systemd/netif'

/** What networkd has written down of a link; empty when there is nothing. */
export async function linkStateOf(link: string): Promise<Record<string, string>> {
  const index = await indexOf(link)
  return index === null ? {} : ((await readKeys(`${STATE}/links/${index}`)) ?? {})
}

/** The link's DHCPv4 lease as networkd has written it down; null without one. */
export async function leaseKeysOf(link: string): Promise<Record<string, string> | null> {
  const index = await indexOf(link)
  return index === null ? null : readKeys(`${STATE}/leases/${index}`)
}

async function indexOf(link: string): Promise<string | null> {
  try {
    return (await readFile(`/sys/class/net/${link}/ifindex`, 'utf8')).trim()
  } catch {
    return null
  }
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

interface Patience {
  /** On the clock of `performance.now()`. */
  deadline: number
  signal?: AbortSignal
}

/**
 * Waits until `condition` holds. It is looked at again whenever networkd writes down a link's state or lease.
 * Throws a `PatchbayError` `timeout` with `what`.
 */
export async function waitUntil(
  what: string,
  condition: () => Promise<boolean>,
  { deadline, signal }: Patience,
): Promise<void> {
  let wake: () => void = () => undefined
  const change = { seen: false }
  const notice = (): void => {
    change.seen = true
    wake()
  }
  const watchers = ['links', 'leases'].map((folder) => watch(`${STATE}/${folder}`, notice))
  const timer = setTimeout(notice, Math.max(0, deadline - performance.now()))
  try {
    while (!(await condition())) {
      if (performance.now() >= deadline) throw new PatchbayError({ code: 'timeout', message: what })
      if (!change.seen) {
        const next = new Promise<void>((resolve) => (wake = resolve))
        await (signal ? unless(signal, next) : next)
      }
      change.seen = false
    }
  } finally {
    clearTimeout(timer)
    for (const watcher of watchers) watcher.close()
  }
}

/** Whether `condition` comes to hold before `deadline`. */
export async function holdsBy(deadline: number, condition: () => Promise<boolean>): Promise<boolean> {
  try {
    await waitUntil('', condition, { deadline })
    return true
  } catch (error) {
    if (error instanceof PatchbayError && error.failure.code === 'timeout') return false
    throw error
  }
}
