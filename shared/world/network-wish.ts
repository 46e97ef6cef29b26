import type { NetworkKind } from './network'
import type { MacvtapMode } from './machine'
import { type Text } from '../phrases/phrase'

/** The kinds of network that Patchbay makes. */
export const NEW_KINDS = [
  'nat',
  'isolated',
  'very-isolated',
  'routed',
  'open',
  'bridged',
  'macvtap',
] as const satisfies readonly NetworkKind[]
export type NewKind = (typeof NEW_KINDS)[number]

/** What can be said of a network's addresses, as a person writes it; null where nothing was said. */
export interface AddressWish {
  /** `10.1.2.0/24`; with a host part, that is the host's own address there. */
  subnet: string | null
  /** `off`, or `FIRST-LAST`. */
  dhcp: string | null
  /** `off`, `auto` for a private one, or a /64. */
  ipv6: string | null
  /** DNS domain of the machines, or `off`. */
  domain: string | null
  mtu: string | null
}

/** A network as somebody wants it. What is null is chosen: a free subnet, DHCP over all of it, the next `virbrN`. */
export interface NetworkWish extends AddressWish {
  name: string
  kind: NewKind
  /** Name of the virtual bridge; of a bridged network the host's bridge. */
  bridge: string | null
  /** Host link that a NAT or routed network leads out through; those of a macvtap network. */
  links: readonly string[]
  mode: MacvtapMode | null
  /** False for an isolated network that answers no names. */
  dns: boolean
  isolatedPorts: boolean
  /** Start it now. */
  start: boolean
  /** Start it with the host. */
  autostart: boolean
}

/** Changes to a network; null leaves as it is, and `off` takes away. */
export interface NetworkChangeWish extends AddressWish {
  network: string
  isolatedPorts: boolean | null
}

/** One change to a network that is there; addresses and names as a person writes them. */
export type NetworkChange =
  | ({ kind: 'settings' } & NetworkChangeWish)
  | { kind: 'add-lease'; network: string; ip: string; mac: string | null; name: string | null }
  /** `which`: address, MAC or name. */
  | { kind: 'remove-lease'; network: string; which: string }
  | { kind: 'add-host'; network: string; ip: string; names: readonly string[] }
  /** `which`: an address with all its names, or one name. */
  | { kind: 'remove-host'; network: string; which: string }

/** What a change comes to, told before it is made. */
export interface NetworkChangeEffect {
  /** Nothing is different from how it is. */
  nothing: boolean
  /** In words, what is in force at once, and what waits for the network's next start. */
  now: readonly Text[]
  later: readonly Text[]
  /** Machines that are on the network now: a restart of it interrupts them. */
  machines: readonly string[]
}

/** What a new network would get where nothing was said, told before it is made; null for what its kind does not have. */
export interface NetworkPreview {
  bridge: string | null
  /** The host's own address with the prefix: `10.1.2.1/24`. */
  subnet: string | null
  /** `FIRST-LAST`. */
  dhcp: string | null
  ipv6: string | null
}
