import type { Address, Link, LinkKind } from '../../shared/world/host'
import type { FdbEntry, IpAddress, IpLink } from '../system/ip-json'

/** What /sys/class/net adds to `ip -d link`. */
export interface SysfsLink {
  wireless: boolean
  /** Mbit/s, where the driver tells. */
  speed: number | null
}

/** Kernel link kinds (IFLA_INFO_KIND) in the words of the host model. */
const KINDS: Readonly<Record<string, LinkKind>> = {
  bridge: 'bridge',
  openvswitch: 'open-vswitch',
  bond: 'bond',
  team: 'bond',
  vlan: 'vlan',
  macvlan: 'macvlan',
  macvtap: 'macvtap',
  veth: 'veth',
  tun: 'tunnel',
  wireguard: 'tunnel',
  gre: 'tunnel',
  gretap: 'tunnel',
  ip6tnl: 'tunnel',
  ipip: 'tunnel',
  sit: 'tunnel',
  vti: 'tunnel',
  xfrm: 'tunnel',
  vxlan: 'tunnel',
  ppp: 'ppp',
}

/** Builds the host's links from what `ip` prints and sysfs adds. Pure. */
export function linksFrom(
  links: readonly IpLink[],
  addresses: readonly IpAddress[],
  sysfs: ReadonlyMap<string, SysfsLink>,
): Link[] {
  return links.map((link) => ({
    name: link.ifname,
    index: link.ifindex,
    kind: kindOf(link, sysfs.get(link.ifname)),
    mac: link.link_type === 'ether' ? (link.address?.toLowerCase() ?? null) : null,
    mtu: link.mtu,
    up: link.flags.includes('UP'),
    carrier: link.flags.includes('LOWER_UP'),
    master: link.master ?? null,
    parent: link.link ?? null,
    addresses: addresses.filter(({ ifname }) => ifname === link.ifname).flatMap(addressesFrom),
    speed: sysfs.get(link.ifname)?.speed ?? null,
  }))
}

function kindOf(link: IpLink, sysfs: SysfsLink | undefined): LinkKind {
  if (sysfs?.wireless) return 'wifi'
  if (link.flags.includes('LOOPBACK')) return 'loopback'
  const kind = link.linkinfo?.info_kind
  // One driver for both: a tap carries Ethernet frames, a tun bare IP packets.
  if (kind === 'tun' && link.link_type === 'ether') return 'tap'
  if (kind !== undefined) return KINDS[kind] ?? 'other'
  if (link.link_type === 'ppp') return 'ppp'
  return link.link_type === 'ether' ? 'ethernet' : 'other'
}

/** Temporary addresses (RFC 8981) change by themselves every day and are nobody's configuration. */
function addressesFrom({ addr_info }: IpAddress): Address[] {
  return addr_info.flatMap(({ family, local, prefixlen, scope, dynamic, temporary }) => {
    if (local === undefined || temporary || (family !== 'inet' && family !== 'inet6')) return []
    const origin = scope === 'link' ? 'link-local' : dynamic ? 'dynamic' : 'static'
    return [{ family: family === 'inet' ? 4 : 6, ip: local, prefix: prefixlen, origin } satisfies Address]
  })
}

/** The first bit that is sent of a MAC address of many. */
const isMulticast = (mac: string): boolean => (parseInt(mac.slice(0, 2), 16) & 1) === 1

/**
 * The addresses that links take frames for besides their own: of what sits on them, or set by hand. The entries of a bridge's ports
 * are another thing, and have a master. Pure.
 */
export function extraMacsFrom(entries: readonly FdbEntry[]): { link: string; mac: string }[] {
  return entries
    .filter(({ mac, flags, state }) => flags.includes('self') && state === 'permanent' && !isMulticast(mac))
    .map(({ ifname, mac }) => ({ link: ifname, mac: mac.toLowerCase() }))
}

/** How each bond chooses the port to send by, by its name. Pure. */
export function bondModesFrom(links: readonly IpLink[]): Record<string, string> {
  const modes = links.flatMap(({ ifname, linkinfo }) => {
    const mode = linkinfo?.info_kind === 'bond' ? linkinfo.info_data?.mode : undefined
    return typeof mode === 'string' ? [[ifname, mode] as const] : []
  })
  return Object.fromEntries(modes)
}
