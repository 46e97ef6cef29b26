import fc from 'fast-check'
import type { Address, Link, Route } from '../../../shared/world/host'
import { variant } from '../../../electron/system/dbus-values'
import type { HostFacts } from '../../../electron/host/facts'
import type { NmProfile, NmSettings } from '../../../electron/host/managers/network-manager/facts'
import { uplinkFrom } from '../../../electron/host/routes'

export const MAC = '02:70:62:00:00:03'

export const aLink = (changes: Partial<Link> = {}): Link => ({
  name: 'enp3s0',
  index: 2,
  kind: 'ethernet',
  mac: MAC,
  mtu: 1500,
  up: true,
  carrier: true,
  master: null,
  parent: null,
  addresses: [{ family: 4, ip: '10.77.0.123', prefix: 24, origin: 'dynamic' }],
  speed: 1000,
  ...changes,
})

export const aRoute = (changes: Partial<Route> = {}): Route => ({
  family: 4,
  to: 'default',
  via: '10.77.0.1',
  link: 'enp3s0',
  metric: 100,
  table: 'main',
  protocol: 'dhcp',
  ...changes,
})

export const aProfile = (changes: Partial<NmProfile> = {}, settings: NmSettings = {}): NmProfile => {
  const { uuid = '6b1f2c1e-0000-4000-8000-000000000001', id = 'Wired' } = changes
  const type = changes.type ?? '802-3-ethernet'
  return {
    path: '/org/freedesktop/NetworkManager/Settings/1',
    uuid,
    id,
    type,
    interfaceName: 'enp3s0',
    file: `/etc/NetworkManager/system-connections/${id}.nmconnection`,
    settings: {
      connection: { id: variant('s', id), uuid: variant('s', uuid), type: variant('s', type) },
      '802-3-ethernet': {},
      ipv4: { method: variant('s', 'auto') },
      ipv6: { method: variant('s', 'auto') },
      ...settings,
    },
    ...changes,
  }
}

interface Parts {
  links?: readonly Link[]
  routes?: readonly Route[]
  profiles?: readonly NmProfile[]
  dns?: HostFacts['host']['dns']
  manager?: HostFacts['host']['manager']
  networkManager?: null
  remote?: boolean
}

/** A workstation with one NIC on DHCP, managed by NetworkManager, unless said otherwise. */
export function aHost(parts: Parts = {}): HostFacts {
  const { links = [aLink()], routes = [aRoute()], profiles = [aProfile()], remote = false } = parts
  const { dns = { servers: ['10.77.0.1'], search: ['lab.test'] }, manager = 'networkmanager' } = parts
  const devices = links.map(({ name, mac }, index) => ({
    path: `/org/freedesktop/NetworkManager/Devices/${index}`,
    name,
    managed: true,
    state: 100,
    profile: profiles.find(({ interfaceName }) => interfaceName === name)?.uuid ?? null,
    external: false,
    permanentMac: mac,
    dhcp4: { dhcp_client_identifier: `01:${mac ?? ''}`, domain_name_servers: '10.77.0.1' },
    dhcp6: null,
  }))
  const networkManager =
    parts.networkManager === null
      ? null
      : { version: '1.42.4', devices, profiles, dns, linkDns: [], vpns: [], checkpoints: [] }
  return {
    host: {
      computer: 'this',
      hostname: 'desk',
      links,
      routes,
      dns,
      uplink: uplinkFrom(links, routes),
      manager,
    },
    managers: Object.fromEntries(links.map(({ name }) => [name, manager])),
    networkd: [],
    ifupdown: null,
    rules: { ipv4: [], ipv6: [] },
    multipath: [],
    byNexthop: [],
    uppers: {},
    extraMacs: [],
    bridges: [],
    bondModes: {},
    signedIn: [],
    firewall: null,
    networkManager,
    remote,
  }
}

const ipv4 = fc
  .tuple(fc.nat(255), fc.nat(255), fc.integer({ min: 1, max: 254 }))
  .map((bytes) => `10.${bytes.join('.')}`)
const ipv6 = fc
  .tuple(fc.integer({ min: 1, max: 0xffff }), fc.integer({ min: 1, max: 0xffff }))
  .map(([a, b]) => `fd77::${a.toString(16)}:${b.toString(16)}`)
const origin = fc.constantFrom('static' as const, 'dynamic' as const, 'link-local' as const)

export const anyAddress: fc.Arbitrary<Address> = fc.oneof(
  fc.record({ family: fc.constant(4 as const), ip: ipv4, prefix: fc.integer({ min: 8, max: 30 }), origin }),
  fc.record({ family: fc.constant(6 as const), ip: ipv6, prefix: fc.constantFrom(48, 64, 128), origin }),
)

const anyName = fc.constantFrom('enp3s0', 'enp4s0', 'wlan0', 'br0', 'vnet0', 'tun0', 'bond0', 'lo')
const anyKind = fc.constantFrom<Link['kind']>(
  ...(['ethernet', 'wifi', 'bridge', 'bond', 'vlan', 'tunnel', 'macvlan', 'macvtap'] as const),
  ...(['veth', 'tap', 'ppp', 'loopback', 'other'] as const),
)

const anyLink: fc.Arbitrary<Link> = fc.record({
  name: anyName,
  index: fc.nat(99),
  kind: anyKind,
  mac: fc.constantFrom(MAC, null),
  mtu: fc.integer({ min: 68, max: 9000 }),
  up: fc.boolean(),
  carrier: fc.boolean(),
  master: fc.option(anyName, { nil: null, freq: 4 }),
  parent: fc.option(anyName, { nil: null, freq: 4 }),
  addresses: fc.array(anyAddress, { maxLength: 4 }),
  speed: fc.constant(null),
})

export const anyRoute = (link: fc.Arbitrary<string>): fc.Arbitrary<Route> =>
  fc.record({
    family: fc.constantFrom(4 as const, 6 as const),
    to: fc.oneof(
      fc.constant('default'),
      ipv4.map((ip) => `${ip}/32`),
    ),
    via: fc.option(ipv4, { nil: null }),
    link,
    metric: fc.option(fc.nat(2000), { nil: null }),
    table: fc.constantFrom('main', '200'),
    protocol: fc.constantFrom('dhcp', 'static', 'kernel', 'ra', 'boot'),
  })

const anyProfile: fc.Arbitrary<NmProfile> = fc
  .record({
    uuid: fc.uuid(),
    id: fc.constantFrom('Wired', 'Any', 'netplan-enp3s0'),
    type: fc.constantFrom('802-3-ethernet', '802-11-wireless', 'bridge', 'vlan'),
    interfaceName: fc.option(anyName, { nil: null }),
    file: fc.constantFrom('/etc/NetworkManager/system-connections/a', '/run/netplan-b', null),
  })
  .map((changes) => aProfile(changes))

/** Hosts as they come, sensible or not. */
export const anyHost: fc.Arbitrary<HostFacts> = fc
  .record({
    links: fc.uniqueArray(anyLink, { selector: ({ name }) => name, maxLength: 6 }),
    routes: fc.array(anyRoute(anyName), { maxLength: 6 }),
    profiles: fc.array(anyProfile, { maxLength: 4 }),
    manager: fc.constantFrom<HostFacts['host']['manager']>(
      ...(['networkmanager', 'systemd-networkd', 'netplan', 'ifupdown', 'none', 'unknown'] as const),
    ),
    remote: fc.boolean(),
  })
  .map((parts) => aHost(parts))
