/** The computer that the machines run on. Who shows or changes its network asks first which one it is. */
export type Host = ThisHost | AnotherHost

/** The computer that Patchbay runs on: its own network, as anybody may see it: no root, no secrets. */
export interface ThisHost extends HostNetwork {
  computer: 'this'
}

/**
 * The computer of another's libvirt. Of its network nothing is seen from here but what that libvirt tells, and nothing that
 * belongs to this computer may stand in its place: not known is not the same as none.
 */
export interface AnotherHost extends HostNetwork {
  computer: 'another'
}

interface HostNetwork {
  hostname: string
  links: readonly Link[]
  routes: readonly Route[]
  dns: Dns
  /** The link with the preferred default route; null when the host reaches nothing. */
  uplink: Uplink | null
  /** Who really manages the uplink, not merely what is installed. */
  manager: HostManager
}

export type HostManager = 'networkmanager' | 'systemd-networkd' | 'netplan' | 'ifupdown' | 'none' | 'unknown'

export interface Uplink {
  /** The link that carries the default route; the bridge itself once there is one. */
  link: string
  /** The physical NIC: the uplink itself, or the bridge's port that leads outside. */
  nic: string
  /** The bridge, when the uplink is one. */
  bridge: string | null
  gateway: string | null
}

export type LinkKind =
  | 'ethernet'
  | 'wifi'
  | 'bridge'
  | 'open-vswitch'
  | 'bond'
  | 'vlan'
  | 'tunnel'
  | 'macvlan'
  | 'macvtap'
  | 'veth'
  | 'tap'
  | 'ppp'
  | 'loopback'
  | 'other'

export interface Link {
  name: string
  index: number
  kind: LinkKind
  /** Lower case with colons; null for links without one. */
  mac: string | null
  mtu: number
  /** Set up by the administrator (IFF_UP). */
  up: boolean
  /** A cable is plugged in and the other side answers (IFF_LOWER_UP). */
  carrier: boolean
  /** The bridge, bond or team that this link is a port of. */
  master: string | null
  /** The link that this one sits on (VLAN, macvlan, macvtap). */
  parent: string | null
  addresses: readonly Address[]
  /** Mbit/s, where the driver tells. */
  speed: number | null
}

export interface Address {
  family: 4 | 6
  ip: string
  prefix: number
  /** `dynamic`: from DHCP or router advertisements, with a lifetime. */
  origin: 'static' | 'dynamic' | 'link-local'
}

export interface Route {
  family: 4 | 6
  /** CIDR, or `default`. */
  to: string
  via: string | null
  link: string
  metric: number | null
  table: string
  protocol: string
}

export interface Dns {
  servers: readonly string[]
  search: readonly string[]
}

/** The computer at the other end of a connection, by the name that leads there. */
export const anotherHost = (hostname: string): AnotherHost => ({
  computer: 'another',
  hostname,
  links: [],
  routes: [],
  dns: { servers: [], search: [] },
  uplink: null,
  manager: 'unknown',
})

/** The bridge that has the uplink's NIC as a port, whether or not it carries the default route; null when there is none. */
export function lanBridgeOf(host: Host): string | null {
  return host.uplink?.bridge ?? null
}
