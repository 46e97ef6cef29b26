import { describe, expect, it } from 'vitest'
import { anotherHost, type Link } from '../../../shared/world/host'
import type { Around } from '../../../shared/reach/reach'
import { addressesFrom, machineReach, reachabilityOf, reachAt } from '../../../shared/reach/table'
import type {
  HostBridge,
  LibvirtNetwork,
  Machine,
  MacvtapMode,
  Network,
  NetworkKind,
  Nic,
} from '../../../shared/world/world'
import { machine, nic } from './worlds'

const MAC = '52:54:00:00:00:01'

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

const host: Around['host'] = {
  computer: 'this',
  hostname: 'desk',
  links: [
    link('br0'),
    link('br1'),
    link('br2', [{ family: 4, ip: '10.9.0.1', prefix: 24, origin: 'static' }]),
  ],
  routes: [],
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
  ports: onLan ? ['enp3s0'] : [],
})
const bridges = [bridge('br0', true), bridge('br1', false), bridge('br2', false)]
const among = (...networks: Network[]): Around => ({ host, networks: [...networks, ...bridges] })

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
    ['very isolated', network('very-isolated', { subnets: [] }), ['no-host-address', 'no', 'no', 'nobody']],
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
    ['a bridge with a host address', bridge('br2', false), ['yes', 'unknown', 'unknown', 'nobody']],
  ])('%s', (_name, of, expected) => {
    expect(row(reachabilityOf(of, among(of)))).toEqual(expected)
  })

  it('is cut off while the network is stopped, whatever its kind', () => {
    const stopped = network('nat', { active: false })
    expect(row(reachabilityOf(stopped, among(stopped)))).toEqual(['no', 'no', 'no', 'nobody'])
  })
})

describe('macvtap', () => {
  const address = { ip: '10.77.0.50', prefix: 32, family: 4, origin: 'static' } as const
  const access: Link = { ...link('pbacc0', [address]), kind: 'macvlan', parent: 'enp3s0' }
  const withAccess = { host: { ...host, links: [...host.links, access] }, networks: [] }
  const by = (mode: MacvtapMode) =>
    reachabilityOf(network('macvtap', { links: ['enp3s0'], mode }), pool(mode))
  const pool = (mode: MacvtapMode): Around => ({
    ...withAccess,
    networks: [network('macvtap', { links: ['enp3s0'], mode })],
  })

  it('is used by the host where it has a link of its own, in the mode bridge alone', () => {
    const found = (['bridge', 'private', 'vepa'] as const).map((mode) => by(mode).hostToMachine)
    expect(found).toEqual(['by-host-access', 'no-macvtap', 'no-macvtap'])
  })
})

describe('what the window says of a machine', () => {
  const nat = { type: 'network', network: 'n' } as const
  const around = among(network('nat'))
  const web = machine('web', { state: 'running', nics: [nic(MAC, { live: nat, saved: nat })] })
  const of = (one: Machine, where: Around = around): string[] => {
    const { hostToMachine, machineToOutside, lanToMachine } = machineReach(one, where)
    const verdicts = [hostToMachine, machineToOutside, lanToMachine]
    return verdicts.map(({ answer, reason }) => `${answer} ${reason.code}`)
  }
  const withNic = (change: Partial<Nic>): Machine => ({
    ...web,
    nics: [nic(MAC, { live: nat, saved: nat, ...change })],
  })

  it('is what the engine says of it as it is now', () => {
    expect(of(web)).toEqual(['yes host-address', 'yes by-nat', 'no nobody-into-nat'])
    expect(of({ ...web, state: 'off' })).toEqual(['no machine-off', 'no machine-off', 'no machine-off'])
    expect(of({ ...web, state: 'paused' })[0]).toBe('no machine-paused')
    expect(of(withNic({ linkUp: false }))[0]).toBe('no cable-cut')
    expect(of(withNic({ live: null }))[0]).toBe('no not-plugged')
    expect(of(web, among(network('nat', { active: false })))[1]).toBe('no network-stopped')
    expect(of(web, among())[0]).toBe('no network-missing')
  })

  it('is no yes to the internet without an uplink, a cable, or a gateway', () => {
    const out = (uplink: Around['host']['uplink'], links = host.links): string | undefined =>
      of(web, { ...around, host: { ...host, links, uplink } })[1]
    expect(out(null)).toBe('no no-uplink')
    expect(out(host.uplink, [{ ...link('br0'), carrier: false }])).toBe('no uplink-down')
    expect(out({ link: 'br0', nic: 'enp3s0', bridge: 'br0', gateway: null })).toBe('no no-gateway')
  })

  it('is no yes where nobody gives addresses and none of the card is known', () => {
    const fixed = among(network('nat', { subnets: [{ ...subnet, dhcp: null }] }))
    expect(of(web, fixed)).toEqual(['unknown no-dhcp', 'unknown no-dhcp', 'no nobody-into-nat'])
    const known = withNic({ addresses: [{ ip: '192.168.122.9', prefix: 24, source: 'agent' }] })
    expect(of(known, fixed)[0]).toBe('yes host-address')
    // Another card's address is of no use there.
    const two = {
      ...web,
      nics: [
        ...web.nics,
        nic('52:54:00:00:00:02', { live: { type: 'direct', link: 'enp3s0', mode: 'bridge' } }),
      ],
    }
    expect(of(two, fixed)[0]).toBe('unknown no-dhcp')
  })

  it('finds a network by the name of its own bridge, and knows a bridge that is not there', () => {
    const own = among(network('nat', { bridge: 'virbr0' }))
    const at = (name: string) => reachAt({ type: 'bridge', bridge: name }, own).hostToMachine.reason.code
    expect([at('virbr0'), at('br9')]).toEqual(['host-address', 'network-missing'])
  })

  it('is not known of a computer whose network is not seen, and never that something is missing there', () => {
    const there = { host: anotherHost('lab'), networks: [network('nat')] }
    const code = 'unknown not-seen-from-here'
    expect(of(web, there)).toEqual(['yes host-address', code, 'no nobody-into-nat'])
    const onBridge = withNic({ live: { type: 'bridge', bridge: 'br0' } })
    expect(of(onBridge, there)).toEqual([code, code, code])
    const onMacvtap = withNic({ live: { type: 'direct', link: 'enp3s0', mode: 'bridge' } })
    expect(of(onMacvtap, there)).toEqual([code, code, 'unknown other-wire'])
    expect(addressesFrom({ type: 'bridge', bridge: 'br0' }, there)).toBe('unknown')
  })
})
