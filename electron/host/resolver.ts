import { readFile } from 'node:fs/promises'
import type { Dns } from '../../shared/world/host'

/** Written by systemd-resolved: the real servers behind its stub (systemd-resolved.service(8)). */
const RESOLVED_FILE = '/run/systemd/resolve/resolv.conf'

/**
 * The servers that names are really asked from. When /etc/resolv.conf names only this host itself (systemd-resolved,
 * a local dnsmasq), the ones behind it: `manager`, as NetworkManager tells, or systemd-resolved's.
 */
export async function readDns(manager: Dns | null): Promise<Dns> {
  const file = parseResolvConf(await readOr('/etc/resolv.conf', ''))
  if (file.servers.length > 0 && !file.servers.every(isLocal)) return file
  if (manager && manager.servers.length > 0) return manager
  return parseResolvConf(await readOr(RESOLVED_FILE, ''))
}

/** resolv.conf(5): `nameserver ADDRESS` lines; of several `search` or `domain` lines the last one counts. */
export function parseResolvConf(text: string): Dns {
  const lines = text.split('\n').map((line) => line.trim().split(/\s+/))
  const servers = lines.flatMap(([word, server]) => (word === 'nameserver' && server ? [server] : []))
  const search = lines.filter(([word]) => word === 'search' || word === 'domain').at(-1)
  return { servers, search: search?.slice(1).filter((domain) => domain !== '.') ?? [] }
}

const isLocal = (server: string): boolean => server.startsWith('127.') || server === '::1'

async function readOr(path: string, otherwise: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch {
    return otherwise
  }
}
