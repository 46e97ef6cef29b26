/** What can be said of a network from the outside; see the table "The networks" in the README. */
export type NetworkKind =
  | 'nat'
  | 'isolated'
  | 'very-isolated'
  | 'routed'
  | 'open'
  | 'bridged'
  | 'macvtap'
  /** A libvirt network of a kind that Patchbay shows but does not make (hostdev, …). */
  | 'other'

/** A network that a NIC can be plugged into: one that libvirt keeps, or a bridge of the host. */
export type Network = LibvirtNetwork | HostBridge

export interface LibvirtNetwork {
  source: 'libvirt'
  /** Stable key in the World: `network:NAME`. */
  id: string
  name: string
  uuid: string
  kind: NetworkKind
  active: boolean
  /** False for a network that vanishes when it is stopped. */
  persistent: boolean
  autostart: boolean
  /** The virtual bridge (`virbr0`), or the host bridge of a bridged network. */
  bridge: string | null
  /** Host links of a macvtap network. */
  links: readonly string[]
  subnets: readonly Subnet[]
  leases: readonly Lease[]
}

export interface HostBridge {
  source: 'bridge'
  /** Stable key in the World: `bridge:NAME`. */
  id: string
  name: string
  kind: 'bridged'
  active: boolean
  /** True when the uplink is one of its ports, so that machines on it are on the LAN. */
  onLan: boolean
  ports: readonly string[]
}

export interface Subnet {
  family: 4 | 6
  /** The host's own address on this network. */
  address: string
  prefix: number
  /** First and last address given out, when DHCP is on. */
  dhcp: { start: string; end: string } | null
}

export interface Lease {
  mac: string
  ip: string
  prefix: number
  hostname: string | null
  /** Seconds since 1970; null for a lease without end. */
  expires: number | null
}
