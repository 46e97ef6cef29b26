import type { RecordedAddition } from '../../shared/host-addition'
import type { World } from '../../shared/world'
import type { HostFacts } from '../host/facts'

/** Everything that the checks look at. Plain data, read once for a report; recorded ones serve as test data. */
export interface DoctorFacts {
  world: World
  host: HostFacts
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
  /** Null when nobody could be asked. */
  showsStatusIcons: boolean | null
}

/** Settings below /proc/sys/net, readable by everybody. */
export interface KernelFacts {
  /** `bridge-nf-call-*`; null while br_netfilter is not loaded. */
  bridgeNf: { iptables: boolean; ip6tables: boolean } | null
  ipv6: { forwarding: boolean; acceptRa: Readonly<Record<string, number>> }
}

export interface FirewallFacts {
  /** The chains of iptables; only root may read them, else null. */
  chains: { forward: ChainFacts; input: ChainFacts } | null
  /** Docker runs here: it sets the policy of FORWARD to DROP (docs.docker.com, Packet filtering and firewalls). */
  docker: boolean
  /** What libvirt makes its rules with. */
  libvirtBackend: 'iptables' | 'nftables' | 'unknown'
  /** Zones that firewalld knows; null when it does not run. */
  firewalldZones: readonly string[] | null
}

export interface ChainFacts {
  policy: 'ACCEPT' | 'DROP'
  /** As `iptables -S` writes them, without the policy. */
  rules: readonly string[]
}
