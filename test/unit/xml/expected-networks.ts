import type { NetworkKind } from '../../../shared/world/world'

/** What the model says of a network. Subnets are written `10.0.0.1/24 dhcp FIRST-LAST`. */
export interface ExpectedNetwork {
  name: string
  kind: NetworkKind
  uuid: string
  bridge: string | null
  links: readonly string[]
  subnets: readonly string[]
}

const network = (name: string, kind: NetworkKind, more: Partial<ExpectedNetwork> = {}): ExpectedNetwork => ({
  name,
  kind,
  uuid: '',
  bridge: null,
  links: [],
  subnets: [],
  ...more,
})

/** By the name of the sample. */
export const EXPECTED_NETWORKS: Readonly<Record<string, ExpectedNetwork>> = {
  // Every kind, in every way to write it.
  'bridged-by-midonet': network('mido', 'bridged', { bridge: 'mido0' }),
  'bridged-to-a-host-bridge': network('lan', 'bridged', { bridge: 'br0' }),
  'bridged-to-open-vswitch-with-port-groups': network('ovs', 'bridged', { bridge: 'ovsbr0' }),
  'bridged-with-a-vlan-of-its-own': network('tagged', 'bridged', { bridge: 'ovsbr1' }),
  'hostdev-by-addresses': network('addresses', 'other'),
  'hostdev-by-physical-function': network('devices', 'other', { links: ['enp10s0'] }),
  'isolated-that-says-so': network('none', 'isolated', { bridge: 'virbr31', subnets: ['192.168.71.1/24'] }),
  'isolated-with-dhcp': network('lonely', 'isolated', {
    uuid: '0f5aa8bd-1f0a-45f7-9a0c-3c1f4d2e0a11',
    bridge: 'virbr30',
    subnets: ['192.168.70.1/28 dhcp 192.168.70.2-192.168.70.14'],
  }),
  'isolated-with-ipv6-alone': network('six-alone', 'isolated', {
    bridge: 'virbr32',
    subnets: ['fd72::1/80 dhcp fd72::10-fd72::20'],
  }),
  'macvtap-bridge-on-one-link': network('tap1', 'macvtap', { links: ['enp5s0'] }),
  'macvtap-bridge-pool': network('taps', 'macvtap', { links: ['enp5s0', 'enp6s0'] }),
  'macvtap-passthrough-of-a-physical-function': network('vfs', 'macvtap', { links: ['enp9s0'] }),
  'macvtap-passthrough-pool': network('pass', 'macvtap', { links: ['enp9s0v0', 'enp9s0v1', 'enp9s0v2'] }),
  'macvtap-private-with-802.1qbh': network('qbh', 'macvtap', { links: ['enp8s0.100'] }),
  'macvtap-vepa-with-802.1qbg': network('qbg', 'macvtap', { links: ['enp7s0'] }),
  'mode-that-nobody-knows-yet': network('future', 'other', { bridge: 'virbr99', subnets: ['10.99.0.1/24'] }),
  'nat-as-shipped': network('default', 'nat', {
    uuid: '3f0c7d52-6a0e-4a55-9d4b-0f6d5a1c2b3e',
    bridge: 'virbr0',
    subnets: ['192.168.122.1/24 dhcp 192.168.122.2-192.168.122.254'],
  }),
  'nat-in-class-a': network('class-a', 'nat', { bridge: 'virbr21', subnets: ['10.0.0.1/8'] }),
  'nat-of-two-families': network('both', 'nat', {
    bridge: 'virbr11',
    subnets: [
      '192.168.50.1/25 dhcp 192.168.50.10-192.168.50.100',
      'fd5a:1c7e:9b02::1/64 dhcp fd5a:1c7e:9b02::100-fd5a:1c7e:9b02::1ff',
    ],
  }),
  'nat-with-a-prefix-of-zero': network('zero', 'nat', { bridge: 'virbr22', subnets: ['192.168.68.1/24'] }),
  'nat-with-bandwidth-and-isolated-ports': network('shaped', 'nat', {
    bridge: 'virbr20',
    subnets: ['192.168.67.1/24'],
  }),
  'nat-with-dns-switched-off': network('silent', 'nat', {
    bridge: 'virbr16',
    subnets: ['192.168.63.1/24 dhcp 192.168.63.2-192.168.63.9'],
  }),
  'nat-with-dnsmasq-options': network('tuned', 'nat', { bridge: 'virbr17', subnets: ['192.168.64.1/24'] }),
  'nat-with-every-dns-record': network('names', 'nat', { bridge: 'virbr15', subnets: ['192.168.62.1/24'] }),
  'nat-with-five-subnets': network('five', 'nat', {
    bridge: 'virbr12',
    subnets: [
      '10.1.0.1/24',
      '10.2.0.1/26 dhcp 10.2.0.2-10.2.0.60',
      '2001:db8:1::1/64',
      '2001:db8:2::1/64',
      '172.31.0.1/16',
    ],
  }),
  'nat-with-options-under-another-prefix': network('tuned2', 'nat', {
    bridge: 'virbr18',
    subnets: ['192.168.65.1/24'],
  }),
  'nat-with-ranges-and-ports': network('pool', 'nat', {
    uuid: '8e5ed0e6-6d3f-4d7a-8f6a-1f4e0f6a0101',
    bridge: 'virbr10',
    links: ['enp3s0'],
    subnets: ['172.28.4.1/22 dhcp 172.28.4.100-172.28.5.20'],
  }),
  'nat-with-reservations': network('reserved', 'nat', {
    bridge: 'virbr13',
    subnets: ['192.168.60.1/24 dhcp 192.168.60.100-192.168.60.199'],
  }),
  'nat-with-routes': network('ways', 'nat', {
    bridge: 'virbr19',
    subnets: ['192.168.66.1/24', 'fd66::1/64'],
  }),
  'nat-with-static-leases-alone': network('static-only', 'nat', {
    bridge: 'virbr14',
    subnets: ['192.168.61.1/24'],
  }),
  'nat-without-a-mode': network('plain', 'nat', { bridge: 'virbr7', subnets: ['10.40.0.1/16'] }),
  open: network('open', 'open', { bridge: 'virbr42', subnets: ['10.82.0.1/24', '2001:db8:82::1/64'] }),
  'routed-through-a-link': network('routed', 'routed', {
    bridge: 'virbr40',
    links: ['enp3s0'],
    subnets: ['10.80.0.1/24 dhcp 10.80.0.2-10.80.0.200'],
  }),
  'routed-through-several-links': network('routed-many', 'routed', {
    bridge: 'virbr41',
    links: ['enp3s0', 'enp4s0'],
    subnets: ['10.81.0.1/24'],
  }),
  'very-isolated-whose-ip-says-nothing': network('hollow', 'very-isolated', { bridge: 'virbr35' }),
  'very-isolated-with-ipv6-between-machines': network('segment6', 'very-isolated', { bridge: 'virbr34' }),
  'very-isolated-with-nothing-but-a-name': network('bare', 'very-isolated'),
  'very-isolated': network('segment', 'very-isolated', { bridge: 'virbr33' }),
  // Odd ways to write XML.
  'carriage-returns-that-count': network('returns', 'very-isolated', { bridge: 'virbr58' }),
  'cdata-and-entities': network('R&D <lab>', 'nat', {
    uuid: 'd3b07384-d9a0-4c9b-8f1e-2b2b2b2b2b2b',
    bridge: 'virbr52',
    subnets: ['192.168.92.1/24'],
  }),
  'comments-everywhere': network('commented', 'isolated', {
    bridge: 'virbr51',
    subnets: ['192.168.91.1/24'],
  }),
  'described-as-newer-libvirt-does': network('described', 'isolated', {
    bridge: 'virbr59',
    subnets: ['192.168.97.1/24'],
  }),
  'elements-in-reverse-order': network('backwards', 'open', {
    uuid: '77777777-7777-4777-8777-777777777777',
    bridge: 'virbr57',
    subnets: ['192.168.96.1/24'],
  }),
  'metadata-that-looks-like-a-network': network('decoy', 'nat', {
    uuid: 'c0ffee00-1111-4222-8333-444455556666',
    bridge: 'virbr50',
    subnets: ['192.168.90.1/24'],
  }),
  'name-with-spaces-around': network(' padded ', 'very-isolated', { bridge: 'virbr54' }),
  'names-in-many-scripts': network('Übungs-Netz 実験室 🧪', 'isolated', {
    bridge: 'virbr53',
    subnets: ['192.168.93.1/24'],
  }),
  'unknown-elements-and-attributes': network('newer', 'nat', {
    bridge: 'virbr56',
    links: ['enp3s0'],
    subnets: ['192.168.95.1/24 dhcp 192.168.95.2-192.168.95.3'],
  }),
  'white-space-of-every-kind': network('spread', 'nat', { bridge: 'virbr55', subnets: ['192.168.94.1/24'] }),
}
