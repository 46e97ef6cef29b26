import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Link, Route } from '../../../shared/world/host'
import { reach, type Around, type End, type Reach } from '../../../shared/reach/reach'
import type {
  Attachment,
  HostBridge,
  LibvirtNetwork,
  Machine,
  Nic,
  NetworkKind,
} from '../../../shared/world/world'
import { link, machine, network, nic } from './worlds'

const subnet = (address: string): LibvirtNetwork['subnets'][number] => ({
  family: 4,
  address,
  prefix: 24,
  dhcp: null,
  reservations: [],
})

/** One libvirt network of each kind that is named by it, and another of the same kind. */
const KINDS: readonly NetworkKind[] = ['nat', 'isolated', 'very-isolated', 'routed', 'open']
const libvirtNetworks: readonly LibvirtNetwork[] = KINDS.flatMap((kind, index) =>
  [kind, `${kind}-2`].map((name, second) =>
    network(name, {
      kind,
      bridge: `virbr-${name}`,
      subnets: kind === 'very-isolated' ? [] : [subnet(`10.${index}.${second}.1`)],
    }),
  ),
)

const hostBridge = (name: string, onLan: boolean, ports: string[]): HostBridge => ({
  source: 'bridge',
  id: `bridge:${name}`,
  name,
  kind: 'bridged',
  active: true,
  onLan,
  ports,
})

const address = (ip: string): Link['addresses'][number] => ({
  family: 4,
  ip,
  prefix: 24,
  origin: 'static',
})

const links = [
  link('enp3s0', { master: 'br0' }),
  link('enp4s0'),
  link('br0', { kind: 'bridge', addresses: [address('10.77.0.50')] }),
  link('br1', { kind: 'bridge' }),
]
const access = link('pb-access', { kind: 'macvlan', parent: 'br0' })
const accessRoute: Route = {
  family: 4,
  to: '10.77.0.140/32',
  via: null,
  link: 'pb-access',
  metric: null,
  table: 'main',
  protocol: 'static',
}

const around: Around = {
  host: {
    computer: 'this',
    hostname: 'desk',
    links,
    routes: [],
    uplink: { link: 'br0', nic: 'enp3s0', bridge: 'br0', gateway: '10.77.0.1' },
  },
  networks: [
    ...libvirtNetworks,
    network('lan', { kind: 'bridged', bridge: 'br0' }),
    network('pool', { kind: 'macvtap', bridge: null, links: ['br0'], mode: 'bridge' }),
    hostBridge('br0', true, ['enp3s0']),
    hostBridge('br1', false, []),
  ],
}
const withAccess: Around = {
  ...around,
  host: { ...around.host, links: [...links, access], routes: [accessRoute] },
}

let made = 0
/** A running machine with one NIC. */
function plugged(attachment: Attachment, change: Partial<Nic> = {}, more: Partial<Machine> = {}): End {
  const nics = [nic(`52:54:00:00:01:${String(made % 100).padStart(2, '0')}`, { live: attachment, ...change })]
  return { type: 'machine', machine: machine(`vm${made++}`, { state: 'running', nics, ...more }) }
}
const on = (name: string, change: Partial<Nic> = {}): End =>
  plugged({ type: 'network', network: name }, change)
const onBridge = (bridge: string): End => plugged({ type: 'bridge', bridge })
const direct = (mode: 'bridge' | 'vepa' | 'private' | 'passthrough', change: Partial<Nic> = {}): End =>
  plugged({ type: 'direct', link: 'br0', mode }, change)

const host: End = { type: 'host' }
const lan: End = { type: 'lan' }
const internet: End = { type: 'internet' }

const said = ({ answer, reason }: Reach): string => `${answer}: ${reason.code}`
const judge = (from: End, to: End, where: Around = around): string => said(reach(from, to, where))

describe('the table of the networks', () => {
  it.each<[string, End, string[]]>([
    ['nat', on('nat'), ['yes: host-address', 'yes: by-nat', 'no: nobody-into-nat']],
    ['isolated', on('isolated'), ['yes: host-address', 'no: isolated', 'no: isolated']],
    [
      'very isolated',
      on('very-isolated'),
      ['no: no-host-address', 'no: no-host-address', 'no: no-host-address'],
    ],
    ['routed', on('routed'), ['yes: host-address', 'unknown: needs-route', 'unknown: needs-route']],
    ['open', on('open'), ['yes: host-address', 'unknown: needs-route', 'unknown: needs-route']],
    ['bridged', on('lan'), ['yes: host-address', 'yes: on-lan', 'yes: on-lan']],
    ['the bridge itself', onBridge('br0'), ['yes: host-address', 'yes: on-lan', 'yes: on-lan']],
    [
      'a bridge that leads nowhere',
      onBridge('br1'),
      ['no: no-host-address', 'no: no-way-out', 'no: no-way-out'],
    ],
    ['macvtap', direct('bridge'), ['no: macvtap-apart', 'yes: on-lan', 'yes: on-lan']],
    ['a macvtap pool', on('pool'), ['no: macvtap-apart', 'yes: on-lan', 'yes: on-lan']],
    [
      'the virtual bridge by its name',
      onBridge('virbr-nat'),
      ['yes: host-address', 'yes: by-nat', 'no: nobody-into-nat'],
    ],
  ])('%s: host, to the LAN, from the LAN', (_name, vm, expected) => {
    expect([judge(host, vm), judge(vm, lan), judge(lan, vm)]).toEqual(expected)
    expect(judge(vm, host)).toBe(expected[0])
    expect(judge(vm, internet)).toBe(expected[1])
  })

  it('says of what the router decides that it is not known', () => {
    expect(judge(internet, on('lan'))).toBe('unknown: router-decides')
    expect(judge(internet, on('nat'))).toBe('no: nobody-into-nat')
    expect([judge(host, lan), judge(lan, host), judge(host, internet), judge(internet, host)]).toEqual([
      'yes: on-lan',
      'yes: on-lan',
      'yes: on-lan',
      'unknown: router-decides',
    ])
  })
})

describe('machines on two libvirt networks', () => {
  /** As libvirt's iptables rules say, tried with packets in test/lab/reachability.test.ts. */
  const rows: readonly [string, string[]][] = [
    ['nat', ['no: nobody-into-nat', 'no: isolated', 'yes: by-nat', 'yes: by-nat']],
    ['isolated', ['no: nobody-into-nat', 'no: isolated', 'no: isolated', 'no: isolated']],
    ['routed', ['no: nobody-into-nat', 'no: isolated', 'yes: by-host', 'yes: by-host']],
    ['open', ['no: nobody-into-nat', 'no: isolated', 'yes: by-host', 'yes: by-host']],
  ]
  it.each(rows)('from %s to NAT, isolated, routed and open', (kind, expected) => {
    const others = ['nat-2', 'isolated-2', 'routed-2', 'open-2']
    expect(others.map((other) => judge(on(kind), on(other)))).toEqual(expected)
  })

  it('a way out by another link only (forward dev) keeps NAT from the LAN and from other networks', () => {
    const confined = network('nat', { bridge: 'virbr-nat', links: ['enp9s0'], subnets: [subnet('10.0.0.1')] })
    const where = { ...around, networks: [confined, ...around.networks.slice(1)] }
    expect(judge(on('nat'), lan, where)).toBe('no: other-way-out')
    expect(judge(on('nat'), on('routed'), where)).toBe('no: other-way-out')
    expect(judge(host, on('nat'), where)).toBe('yes: host-address')
  })

  it('over the host between a libvirt network and the LAN bridge', () => {
    expect(judge(on('nat'), on('lan'))).toBe('yes: by-nat')
    expect(judge(on('lan'), on('nat'))).toBe('no: nobody-into-nat')
    expect(judge(on('routed'), on('lan'))).toBe('unknown: needs-route')
    expect(judge(on('lan'), on('isolated'))).toBe('no: isolated')
  })
})

it('a libvirt network and a bridge of one name are two', () => {
  const namesake = network('br1', { kind: 'isolated', bridge: 'virbr-x', subnets: [subnet('10.8.0.1')] })
  const where = { ...around, networks: [...around.networks, namesake] }
  expect(judge(on('br1'), onBridge('br1'), where)).toBe('no: no-host-address')
})

describe('macvtap', () => {
  it('machines on one link reach each other in mode bridge only', () => {
    const modes = ['bridge', 'vepa', 'private', 'passthrough'] as const
    expect(modes.map((mode) => judge(direct('bridge'), direct(mode)))).toEqual([
      'yes: same-segment',
      'no: macvtap-vepa',
      'no: macvtap-private',
      'no: macvtap-alone',
    ])
  })

  it('with host access the host reaches exactly the machines that it has a route to', () => {
    const at = (ip: string): Partial<Nic> => ({ addresses: [{ ip, prefix: 24, source: 'arp' }] })
    expect(judge(host, direct('bridge', at('10.77.0.140')), withAccess)).toBe('yes: host-access')
    expect(judge(direct('bridge', at('10.77.0.140')), host, withAccess)).toBe('yes: host-access')
    expect(judge(host, direct('bridge', at('10.77.0.141')), withAccess)).toBe('no: no-host-route')
    expect(judge(host, direct('bridge'), withAccess)).toBe('unknown: no-address-known')
    expect(judge(host, direct('private', at('10.77.0.140')), withAccess)).toBe('no: macvtap-apart')
  })

  it('keeps machines behind the host’s NAT apart, too', () => {
    expect(judge(on('nat'), direct('bridge'))).toBe('no: macvtap-apart')
  })
})

describe('ports and cables', () => {
  it('isolated ports reach all but each other', () => {
    const isolated = (): End => on('nat', { isolated: true })
    expect(judge(isolated(), isolated())).toBe('no: isolated-ports')
    expect(judge(isolated(), on('nat'))).toBe('yes: same-segment')
    expect(judge(host, isolated())).toBe('yes: host-address')
  })

  it('takes from the network what the NIC does not say', () => {
    const kept = network('nat', { bridge: 'virbr-nat', isolatedPorts: true, subnets: [subnet('10.0.0.1')] })
    const where = { ...around, networks: [kept, ...around.networks.slice(1)] }
    expect(judge(on('nat'), on('nat'), where)).toBe('no: isolated-ports')
    expect(judge(on('nat'), on('nat', { isolated: false }), where)).toBe('yes: same-segment')
  })

  it('a tap that has come out of its bridge reaches nothing', () => {
    const where = { ...around, host: { ...around.host, links: [...links, link('vnet0', { kind: 'tap' })] } }
    expect(judge(host, on('nat', { tap: 'vnet0' }), where)).toBe('no: tap-elsewhere')
  })

  it('without a cable the LAN is out of reach, the host is not', () => {
    const cut = links.map((one) => (one.name === 'enp3s0' ? { ...one, carrier: false } : one))
    const where = { ...around, host: { ...around.host, links: cut } }
    expect(judge(on('nat'), lan, where)).toBe('no: uplink-down')
    expect(judge(on('lan'), lan, where)).toBe('no: uplink-down')
    expect(judge(on('lan'), host, where)).toBe('yes: host-address')
  })

  it('one NIC that gets through is enough', () => {
    const attachments: Attachment[] = [
      { type: 'network', network: 'isolated' },
      { type: 'bridge', bridge: 'br0' },
    ]
    const nics = attachments.map((live, index) => nic(`52:54:00:00:02:0${index}`, { live }))
    const vm: End = { type: 'machine', machine: machine('two', { state: 'running', nics }) }
    expect(judge(lan, vm)).toBe('yes: on-lan')
    expect(judge(vm, on('isolated'))).toBe('yes: same-segment')
  })
})

const attachments: readonly Attachment[] = [
  ...libvirtNetworks.map(({ name }): Attachment => ({ type: 'network', network: name })),
  { type: 'network', network: 'lan' },
  { type: 'network', network: 'pool' },
  { type: 'bridge', bridge: 'br0' },
  { type: 'bridge', bridge: 'br1' },
  { type: 'bridge', bridge: 'virbr-routed' },
  ...(['bridge', 'vepa', 'private'] as const).map((mode): Attachment => ({
    type: 'direct',
    link: 'br0',
    mode,
  })),
  { type: 'direct', link: 'enp4s0', mode: 'bridge' },
]
const anyPlugged = fc
  .record({ attachment: fc.constantFrom(...attachments), isolated: fc.boolean() })
  .map(({ attachment, isolated }) => plugged(attachment, { isolated }))
const anyEnd = fc.oneof(fc.constantFrom(host, lan, internet), anyPlugged)

describe('for any two ends', () => {
  it('machine and host, and two machines that share a segment, reach each other both ways or not at all', () => {
    fc.assert(
      fc.property(anyPlugged, anyPlugged, (a, b) => {
        expect(judge(a, host)).toBe(judge(host, a))
        const there = reach(a, b, around)
        if (there.reason.code === 'same-segment') expect(reach(b, a, around)).toEqual(there)
      }),
    )
  })

  it('a machine that is off, paused or unplugged reaches nobody, and nobody reaches it', () => {
    const changes: Partial<Machine>[] = [{ state: 'off' }, { state: 'paused' }, { nics: [] }]
    fc.assert(
      fc.property(anyPlugged, anyEnd, fc.constantFrom(...changes), (vm, other, change) => {
        if (vm.type !== 'machine') return
        const away: End = { type: 'machine', machine: { ...vm.machine, ...change, id: 'away' } }
        expect([reach(away, other, around).answer, reach(other, away, around).answer]).toEqual(['no', 'no'])
      }),
    )
  })

  it('a stopped network reaches nobody', () => {
    const stopped = {
      ...around,
      networks: around.networks.map((one) => (one.source === 'libvirt' ? { ...one, active: false } : one)),
    }
    fc.assert(
      fc.property(fc.constantFrom(...libvirtNetworks), anyEnd, ({ name }, other) => {
        const vm = on(name)
        expect([reach(vm, other, stopped).answer, reach(other, vm, stopped).answer]).toEqual(['no', 'no'])
      }),
    )
  })

  it('the internet is reached by no more than the LAN is, and gets in nowhere that the LAN does not', () => {
    fc.assert(
      fc.property(anyPlugged, (vm) => {
        const [out, beyond] = [reach(vm, lan, around), reach(vm, internet, around)]
        if (beyond.answer === 'yes') expect(out.answer).toBe('yes')
        expect(reach(internet, vm, around).answer).not.toBe('yes')
        if (reach(lan, vm, around).answer === 'no') expect(reach(internet, vm, around).answer).toBe('no')
      }),
    )
  })

  it('another NIC never takes away what one NIC reaches', () => {
    fc.assert(
      fc.property(anyPlugged, anyPlugged, anyEnd, (one, more, other) => {
        if (one.type !== 'machine' || more.type !== 'machine') return
        const both: End = {
          type: 'machine',
          machine: { ...one.machine, nics: [...one.machine.nics, ...more.machine.nics] },
        }
        if (reach(one, other, around).answer === 'yes') expect(reach(both, other, around).answer).toBe('yes')
      }),
    )
  })

  it('agrees with the table that each network shows', () => {
    fc.assert(
      fc.property(fc.constantFrom(...libvirtNetworks), ({ kind, name }) => {
        const expected = { nat: 'yes', routed: 'unknown', open: 'unknown' } as const
        const outside = kind === 'nat' || kind === 'routed' || kind === 'open' ? expected[kind] : 'no'
        expect(reach(on(name), lan, around).answer).toBe(outside)
      }),
    )
  })
})
