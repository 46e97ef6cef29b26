import type { Host, HostManager } from '../../shared/host'
import type { IfupdownFacts } from './ifupdown/facts'
import type { IpRule } from './ip-json'
import type { NetworkdLink } from './networkd/facts'
import type { NetworkManagerFacts } from './network-manager'

/** The host as it is shown, plus what only the planner and the helper need. Plain data. */
export interface HostFacts {
  host: Host
  /** Who really manages each link that could be a NIC or a bridge, by the link's name. */
  managers: Readonly<Record<string, HostManager>>
  /** The links that systemd-networkd manages. */
  networkd: readonly NetworkdLink[]
  /** Null without /etc/network/interfaces. */
  ifupdown: IfupdownFacts | null
  rules: { ipv4: readonly IpRule[]; ipv6: readonly IpRule[] }
  bridges: readonly BridgeFacts[]
  /** Null when NetworkManager does not run. */
  networkManager: NetworkManagerFacts | null
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

export const hostOf = (facts: HostFacts): Host => facts.host
