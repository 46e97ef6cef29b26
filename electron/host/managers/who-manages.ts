import { readdir, readFile } from 'node:fs/promises'
import type { HostManager, Link } from '../../../shared/world/host'
import { DEVICE_STATE, type NetworkManagerFacts } from './network-manager/facts'
import { parseKeys } from './networkd/facts'

/** What the other managers' own files say about one link. */
export interface ManagerFiles {
  /** systemd-networkd's state of the link, `/run/systemd/netif/links/INDEX`; null when it has none. */
  networkd: string | null
  /** `/etc/network/interfaces` with everything in `interfaces.d`. */
  interfaces: string
  /** The links that ifupdown has brought up, `/run/network/ifstate`. */
  ifstate: string
}

/** Reads them for each of `links`, in their order; what is not about one link is read once. */
export async function readManagerFiles(links: readonly Link[]): Promise<ManagerFiles[]> {
  const [main, ifstate, more, states] = await Promise.all([
    readOrNull('/etc/network/interfaces'),
    readOrNull('/run/network/ifstate'),
    readFolder('/etc/network/interfaces.d'),
    Promise.all(links.map(({ index }) => readOrNull(`/run/systemd/netif/links/${index}`))),
  ])
  const interfaces = [main ?? '', ...more].join('\n')
  return states.map((networkd) => ({ networkd, interfaces, ifstate: ifstate ?? '' }))
}

/** Who really manages `link`, by what each manager says of this very link, not by what is installed. Pure. */
export function managerOf(link: Link, nm: NetworkManagerFacts | null, files: ManagerFiles): HostManager {
  const device = nm?.devices.find(({ name }) => name === link.name)
  if (device?.managed && device.state > DEVICE_STATE.unmanaged && !device.external) {
    const profile = nm?.profiles.find(({ uuid }) => uuid === device.profile)
    return profile?.file?.includes('/netplan-') ? 'netplan' : 'networkmanager'
  }
  const networkd = parseKeys(files.networkd ?? '')
  if (networkd.NETWORK_FILE !== undefined && networkd.ADMIN_STATE !== 'unmanaged') {
    return networkd.NETWORK_FILE.includes('netplan') ? 'netplan' : 'systemd-networkd'
  }
  const configured = stanzasOf(files.interfaces)
  if (configured.has(link.name) && upByIfupdown(files.ifstate).has(link.name)) return 'ifupdown'
  return link.addresses.some(({ origin }) => origin !== 'link-local') ? 'none' : 'unknown'
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
