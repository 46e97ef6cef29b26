import type { HostManager, Route, ThisHost } from '../../shared/world/host'
import type { FirewallFacts } from './firewalld'
import type { IfupdownFacts } from './managers/ifupdown/files'
import type { IpRule } from '../system/ip-json'
import type { NetworkdLink } from './managers/networkd/facts'
import type { NetworkManagerFacts } from './managers/network-manager/facts'

/** The host as it is shown, plus what only the planner and the helper need. Plain data. */
export interface HostFacts {
  host: ThisHost
  /** Who really manages each link that could be a NIC or a bridge, by the link's name. */
  managers: Readonly<Record<string, HostManager>>
  /** The links that systemd-networkd manages. */
  networkd: readonly NetworkdLink[]
  /** Null without /etc/network/interfaces. */
  ifupdown: IfupdownFacts | null
  rules: { ipv4: readonly IpRule[]; ipv6: readonly IpRule[] }
  /** The hops of the routes that have several. */
  multipath: readonly Route[]
  /** The routes that go by a nexthop object. */
  byNexthop: readonly Route[]
  bridges: readonly BridgeFacts[]
  /** What sits on each link in this network namespace, of whatever kind, by the link's name. */
  uppers: Readonly<Record<string, readonly string[]>>
  /** MAC addresses besides a link's own that it takes frames for. */
  extraMacs: readonly { link: string; mac: string }[]
  /** How each bond chooses the port to send by, by its name: `active-backup`, `balance-alb`, … */
  bondModes: Readonly<Record<string, string>>
  /** Null when NetworkManager does not run. */
  networkManager: NetworkManagerFacts | null
  /** Null when firewalld does not run, or does not tell this user. */
  firewall: FirewallFacts | null
  /** The links that a wpa_supplicant of their own signs in, as it does by 802.1X on a wired one. */
  signedIn: readonly string[]
  /** The user is connected over the network. */
  remote: boolean
}

export interface BridgeFacts {
  name: string
  /** Spanning tree is on: a new port stays dead for half a minute. */
  stp: boolean
  ports: readonly BridgePort[]
}

export interface BridgePort {
  name: string
  /** Frames pass: the port is not blocking, listening or learning. */
  forwarding: boolean
}

export const hostOf = (facts: HostFacts): ThisHost => facts.host
