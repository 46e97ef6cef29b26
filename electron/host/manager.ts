import { readdir, readFile } from 'node:fs/promises'
import type { HostManager, Link } from '../../shared/host'
import { DEVICE_STATE, type NetworkManagerFacts } from './network-manager'

/** What the other managers' own files say about one link. */
export interface ManagerFiles {
  /** systemd-networkd's state of the link, `/run/systemd/netif/links/INDEX`; null when it has none. */
  networkd: string | null
  /** `/etc/network/interfaces` with everything in `interfaces.d`. */
  interfaces: string
  /** The links that ifupdown has brought up, `/run/network/ifstate`. */
  ifstate: string
}

export async function readManagerFiles(link: Link): Promise<ManagerFiles> {
  const [networkd, main, ifstate, more] = await Promise.all([
    readOrNull(`/run/systemd/netif/links/${link.index}`),
    readOrNull('/etc/network/interfaces'),
    readOrNull('/run/network/ifstate'),
    readFolder('/etc/network/interfaces.d'),
  ])
  return { networkd, interfaces: [main ?? '', ...more].join('\n'), ifstate: ifstate ?? '' }
}

/** Who really manages `link`, by what each manager says of this very link, not by what is installed. Pure. */
export function managerOf(link: Link, nm: NetworkManagerFacts | null, files: ManagerFiles): HostManager {
  const device = nm?.devices.find(({ name }) => name === link.name)
  if (device?.managed && device.state > DEVICE_STATE.unmanaged && !device.external) {
    const profile = nm?.profiles.find(({ uuid }) => uuid === device.profile)
    return profile?.file?.includes('/netplan-') ? 'netplan' : 'networkmanager'
  }
  const networkd = keysOf(files.networkd ?? '')
  if (networkd.has('NETWORK_FILE') && networkd.get('ADMIN_STATE') !== 'unmanaged') {
    return networkd.get('NETWORK_FILE')?.includes('netplan') ? 'netplan' : 'systemd-networkd'
  }
  const configured = stanzasOf(files.interfaces)
  if (configured.has(link.name) && upByIfupdown(files.ifstate).has(link.name)) return 'ifupdown'
  return link.addresses.some(({ origin }) => origin !== 'link-local') ? 'none' : 'unknown'
}

/** `KEY=value` lines, as systemd writes its state files. */
function keysOf(text: string): Map<string, string> {
  return new Map(
    text.split('\n').flatMap((line) => {
      const [, key, value] = /^([A-Z0-9_]+)=(.*)$/.exec(line) ?? []
      return key !== undefined && value !== undefined ? [[key, value] as const] : []
    }),
  )
}

/** The link names of `iface NAME …` lines (interfaces(5)). */
function stanzasOf(text: string): Set<string> {
  return new Set(Array.from(text.matchAll(/^\s*iface\s+(\S+)/gm), ([, name]) => name ?? ''))
}

/** `/run/network/ifstate` has lines `LINK=STANZA`. */
function upByIfupdown(text: string): Set<string> {
  return new Set(text.split('\n').map((line) => line.split('=')[0] ?? ''))
}

async function readOrNull(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch {
    return null
  }
}

async function readFolder(path: string): Promise<string[]> {
  try {
    const names = await readdir(path)
    return await Promise.all(names.sort().map(async (name) => (await readOrNull(`${path}/${name}`)) ?? ''))
  } catch {
    return []
  }
}
