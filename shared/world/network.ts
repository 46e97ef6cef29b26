import type { MacvtapMode } from './machine'
import { type Text } from '../phrases/phrase'

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
  /** How machines sit on those links; null for every other kind. */
  mode: MacvtapMode | null
  subnets: readonly Subnet[]
  /** The DNS domain of its machines. */
  domain: string | null
  /** Names that its DNS server knows besides those of its machines. */
  hosts: readonly DnsHost[]
  /** Null for the usual one. */
  mtu: number | null
  /** Whether its machines are kept apart from each other. */
  isolatedPorts: boolean
  /** The groups of settings that a NIC may choose of; absent where there are none. */
  portGroups?: readonly PortGroup[]
  /** The type of virtual port that it lends its machines (`openvswitch`); absent where it lends none. */
  virtualPort?: string
  leases: readonly Lease[]
  /** What becomes different at its next start, in words; empty for one that is stopped or not saved. */
  pending: readonly Text[]
}

/** Whether libvirt makes a virtual bridge for it, and takes that away when it is stopped. */
export const hasOwnBridge = ({ kind, bridge }: LibvirtNetwork): boolean =>
  bridge !== null && kind !== 'bridged' && kind !== 'other'

export interface PortGroup {
  name: string
  /** Whether it is for NICs that name none. */
  isDefault: boolean
  /** The type of virtual port that it lends; absent where it lends none of its own. */
  virtualPort?: string
}

/** The port group whose settings a NIC gets that names this one, or none. */
export const portGroupOf = (
  { portGroups = [] }: Pick<LibvirtNetwork, 'portGroups'>,
  name: string | undefined,
): PortGroup | undefined =>
  portGroups.find((group) => (name === undefined ? group.isDefault : group.name === name))

export interface HostBridge {
  source: 'bridge'
  /** Stable key in the World: `bridge:NAME`. */
  id: string
  name: string
  kind: 'bridged'
  active: boolean
  /** True when the uplink is one of its ports, so that machines on it are on the LAN; null where that can't be seen. */
  onLan: boolean | null
  /** Null for a bridge of another computer, which is known by the machines on it alone. */
  ports: readonly string[] | null
}

export interface Subnet {
  family: 4 | 6
  /** The host's own address on this network. */
  address: string
  prefix: number
  /** First and last address given out, when DHCP is on. */
  dhcp: AddressRange | null
  /** Each of several ranges that DHCP gives out of; absent where that is one or none. */
  ranges?: readonly AddressRange[]
  /** Addresses that are kept for one machine each. */
  reservations: readonly Reservation[]
}

/** What DHCP gives out, every range of it. */
export const rangesOf = ({ dhcp, ranges }: Pick<Subnet, 'dhcp' | 'ranges'>): readonly AddressRange[] =>
  ranges ?? (dhcp === null ? [] : [dhcp])

export interface AddressRange {
  start: string
  end: string
}

/** A static lease: the machine is known by its MAC, by the name it gives, or both. */
export interface Reservation {
  ip: string
  mac: string | null
  name: string | null
}

export interface DnsHost {
  ip: string
  names: readonly string[]
}

/** Whether libvirt's DHCP answers there: it does for static leases also without a range. */
export const servesDhcp = ({ dhcp, reservations }: Subnet): boolean =>
  dhcp !== null || reservations.length > 0

export interface Lease {
  mac: string
  ip: string
  prefix: number
  hostname: string | null
  /** Seconds since 1970; null for a lease without end. */
  expires: number | null
}
