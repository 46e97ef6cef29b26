import type { RecordedAddition } from '../../shared/helper/host-addition'
import type { World } from '../../shared/world/world'
import type { HostFacts } from '../host/facts'
import type { IpNeighbour } from '../system/ip-json'
import type { Scope } from '../libvirt/uri'

/** Everything that the checks look at. Plain data, read once for a report; recorded ones serve as test data. */
export interface DoctorFacts {
  world: World
  /** Whose networks and machines the World shows: the system's, or the user's own. */
  scope: Scope
  host: HostFacts
  /** Who the host has heard on each link. libvirt's own look at them fails at times (“wrong nlmsg len”, 9.0.0). */
  neighbours: readonly IpNeighbour[]
  additions: readonly RecordedAddition[]
  /** The session's user. */
  user: UserFacts
  desktop: DesktopFacts
  kernel: KernelFacts
  firewall: FirewallFacts
}

export interface UserFacts {
  name: string
  isRoot: boolean
  /** `not-yet`: in the group, but this session began before; `no-group`: there is no group `libvirt`. */
  libvirtGroup: 'member' | 'not-yet' | 'not-member' | 'no-group'
}

export interface DesktopFacts {
  /** False on a terminal or over ssh. */
  isGraphical: boolean
  showsStatusIcons: boolean
}

/** Settings below /proc/sys/net, readable by everybody. */
export interface KernelFacts {
  /** `bridge-nf-call-*`; null while br_netfilter is not loaded. */
  bridgeNf: { iptables: boolean; ip6tables: boolean } | null
  /** Null without IPv6. `acceptRa` by the link's name. */
  ipv6: { forwarding: boolean; acceptRa: Readonly<Record<string, number>> } | null
}

export interface FirewallFacts {
  /** The table `filter` as `iptables -S` writes it, a line each; only root may read it, else null. */
  iptables: readonly string[] | null
  /** Docker runs here: it sets the policy of FORWARD to DROP (docs.docker.com, Packet filtering and firewalls). */
  docker: boolean
  /** ufw is switched on: it closes INPUT and FORWARD. */
  ufw: boolean
  /** What libvirt makes its rules with. */
  libvirtBackend: 'iptables' | 'nftables' | 'unknown'
  /** Zones that firewalld knows; null when it does not run. */
  firewalldZones: readonly string[] | null
}
