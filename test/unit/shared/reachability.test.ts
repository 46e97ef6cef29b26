import { describe, expect, it } from 'vitest'
import type { Link } from '../../../shared/host'
import { reachabilityOf, reachabilityOfAttachment, type Surroundings } from '../../../shared/reachability'
import type { HostBridge, LibvirtNetwork, MacvtapMode, NetworkKind } from '../../../shared/world'

const link = (name: string, addresses: Link['addresses'] = []): Link => ({
  name,
  index: 1,
  kind: 'bridge',
  mac: null,
  mtu: 1500,
  up: true,
  carrier: true,
  master: null,
  parent: null,
  addresses,
  speed: null,
})

const host: Surroundings = {
  links: [
    link('br0'),
    link('br1'),
    link('br2', [{ family: 4, ip: '10.9.0.1', prefix: 24, origin: 'static' }]),
  ],
  uplink: { link: 'br0', nic: 'enp3s0', bridge: 'br0', gateway: '10.77.0.1' },
}

const subnet = { family: 4, address: '192.168.122.1', prefix: 24, reservations: [] } as const
const dhcp = { ...subnet, dhcp: { start: '192.168.122.2', end: '192.168.122.254' } }

const network = (kind: NetworkKind, more: Partial<LibvirtNetwork> = {}): LibvirtNetwork => ({
  source: 'libvirt',
  id: 'network:n',
  name: 'n',
  uuid: '5d1cb9ba-7d2b-4a6e-9d7e-0f0f2f9a7b11',
  kind,
  active: true,
  persistent: true,
  autostart: true,
  bridge: null,
  links: [],
  mode: null,
  subnets: [dhcp],
  domain: null,
  hosts: [],
  mtu: null,
  isolatedPorts: false,
  pending: [],
  leases: [],
  ...more,
})

const bridge = (name: string, onLan: boolean): HostBridge => ({
  source: 'bridge',
  id: `bridge:${name}`,
  name,
  kind: 'bridged',
  active: true,
  onLan,
  ports: [],
})

const row = (of: ReturnType<typeof reachabilityOf>): string[] => [
  of.hostToMachine,
  of.machineToOutside,
  of.lanToMachine,
  of.addressesFrom,
]

describe('who reaches whom', () => {
  it.each([
    ['nat', network('nat'), ['yes', 'through-nat', 'no', 'libvirt']],
    [
      'nat without DHCP',
      network('nat', { subnets: [{ ...subnet, dhcp: null }] }),
      ['yes', 'through-nat', 'no', 'nobody'],
    ],
    [
      'nat with static leases only',
      network('nat', {
        subnets: [{ ...subnet, dhcp: null, reservations: [{ ip: '192.168.122.9', mac: null, name: 'a' }] }],
      }),
      ['yes', 'through-nat', 'no', 'libvirt'],
    ],
    ['isolated', network('isolated'), ['yes', 'no', 'no', 'libvirt']],
    ['very isolated', network('very-isolated', { subnets: [] }), ['no', 'no', 'no', 'nobody']],
    ['routed', network('routed'), ['yes', 'by-routing', 'by-routing', 'libvirt']],
    ['open', network('open'), ['yes', 'by-routing', 'by-routing', 'libvirt']],
    [
      'bridged to the LAN by libvirt',
      network('bridged', { bridge: 'br0' }),
      ['yes', 'directly', 'yes', 'lan-router'],
    ],
    [
      'bridged elsewhere by libvirt',
      network('bridged', { bridge: 'br1' }),
      ['no-host-address', 'no', 'no', 'nobody'],
    ],
    ['macvtap', network('macvtap', { links: ['enp3s0'] }), ['no-macvtap', 'directly', 'yes', 'lan-router']],
    [
      'macvtap elsewhere',
      network('macvtap', { links: ['enp9s0'] }),
      ['no-macvtap', 'unknown', 'unknown', 'unknown'],
    ],
    ['the LAN bridge', bridge('br0', true), ['yes', 'directly', 'yes', 'lan-router']],
    ['a bridge without uplink', bridge('br1', false), ['no-host-address', 'no', 'no', 'nobody']],
    ['a bridge with a host address', bridge('br2', false), ['yes', 'no', 'no', 'nobody']],
  ])('%s', (_name, of, expected) => {
    expect(row(reachabilityOf(of, host))).toEqual(expected)
  })

  it('is cut off while the network is stopped, whatever its kind', () => {
    expect(row(reachabilityOf(network('nat', { active: false }), host))).toEqual(['no', 'no', 'no', 'nobody'])
  })
})

describe('who reaches whom from a NIC', () => {
  const networks = [network('nat'), bridge('br0', true)]

  it('follows the attachment to its network', () => {
    const nat = reachabilityOfAttachment({ type: 'network', network: 'n' }, networks, host)
    const lan = reachabilityOfAttachment({ type: 'bridge', bridge: 'br0' }, networks, host)
    expect(nat?.machineToOutside).toBe('through-nat')
    expect(lan?.machineToOutside).toBe('directly')
  })

  it('keeps a libvirt network and a bridge of one name apart', () => {
    expect(reachabilityOfAttachment({ type: 'bridge', bridge: 'n' }, networks, host)).toBeNull()
  })

  it('says that the host cannot use macvtap', () => {
    const direct = { type: 'direct', link: 'enp3s0', mode: 'bridge' } as const
    expect(reachabilityOfAttachment(direct, networks, host)?.hostToMachine).toBe('no-macvtap')
  })

  it('says that the host can where it has a link of its own, in the mode bridge alone', () => {
    const address = { ip: '10.77.0.50', prefix: 32, family: 4, origin: 'static' } as const
    const access: Link = { ...link('pbacc0', [address]), kind: 'macvlan', parent: 'enp3s0' }
    const withAccess = { ...host, links: [...host.links, access] }
    const by = (mode: MacvtapMode) =>
      reachabilityOfAttachment({ type: 'direct', link: 'enp3s0', mode }, networks, withAccess)?.hostToMachine
    expect([by('bridge'), by('private'), by('vepa')]).toEqual(['by-host-access', 'no-macvtap', 'no-macvtap'])
  })
})
