import type { AddressRange, MacvtapMode } from '../../shared/world/world'

/** A network with everything decided, ready to be written as XML. */
export type NetworkSpec = { name: string } & (AddressedSpec | VeryIsolatedSpec | BridgedSpec | MacvtapSpec)

export interface AddressedSpec extends Plumbing, Addressing {
  kind: 'nat' | 'isolated' | 'routed' | 'open'
  /** The host link that it leads out through; null for whichever the routes say. */
  via: string | null
  dns: boolean
}

export interface VeryIsolatedSpec extends Plumbing {
  kind: 'very-isolated'
}

export interface BridgedSpec {
  kind: 'bridged'
  /** A bridge of the host. */
  bridge: string
  isolatedPorts: boolean
}

export interface MacvtapSpec {
  kind: 'macvtap'
  links: readonly string[]
  mode: MacvtapMode
}

/** The virtual bridge that libvirt makes for it. */
export interface Plumbing {
  bridge: string
  mtu: number | null
  isolatedPorts: boolean
}

export interface Addressing {
  subnet: HostAddress & { dhcp: AddressRange | null }
  ipv6: HostAddress | null
  domain: string | null
}

/** The host's own address on a network, and how long its prefix is. */
export interface HostAddress {
  address: string
  prefix: number
}
