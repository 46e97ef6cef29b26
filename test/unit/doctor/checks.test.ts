import { describe, expect, it } from 'vitest'
import { judge } from '../../../electron/doctor/checks'
import type { DoctorFacts } from '../../../electron/doctor/facts'
import { CHECK_IDS, type CheckId } from '../../../shared/doctor/doctor'
import { machine, network, nic, world } from '../shared/worlds'
import { facts, found, nat, verdictOf, withLinks } from './facts'

const OFFLINE = {
  state: 'offline',
  uri: 'qemu:///system',
  failure: { code: 'libvirt-unreachable', message: 'no daemon' },
} as const

describe('every check', () => {
  it('has its report, in the order of the ids, and finds nothing on a workstation as it should be', () => {
    const reports = judge(facts())
    expect(reports.map(({ check }) => check)).toEqual(CHECK_IDS)
    expect(reports.filter(({ verdict }) => verdict.state === 'found')).toEqual([])
  })

  it('that needs libvirt says so while it is away', () => {
    const away = facts({ world: world({ libvirt: OFFLINE }) })
    const unknown = judge(away).filter(({ verdict }) => verdict.state === 'unknown')
    expect(unknown.map(({ check }) => check)).toEqual(
      expect.arrayContaining(['default-network', 'stale-virbr', 'tap-out-of-bridge', 'old-address']),
    )
    expect(judge(away).filter(({ verdict }) => verdict.state === 'found')).toEqual([])
  })
})

/** What a recorded change of the facts has a check say: its subjects, or its state. */
const cases: readonly (readonly [string, CheckId, DoctorFacts, string | readonly string[]])[] = [
  [
    'a user outside the group whom polkit lets in',
    'libvirt-group',
    facts({ user: { name: 'ann', isRoot: false, libvirtGroup: 'not-member' } }),
    ['libvirt'],
  ],
  [
    'a session from before the user joined',
    'libvirt-group',
    facts({
      user: { name: 'ann', isRoot: false, libvirtGroup: 'not-yet' },
      world: world({ libvirt: OFFLINE }),
    }),
    ['libvirt'],
  ],
  ['the user’s own libvirt', 'libvirt-group', facts({ scope: 'session' }), 'not-applicable'],
  [
    'a stopped network that a machine needs',
    'default-network',
    facts({
      world: world({
        networks: [network('lab', { active: false })],
        machines: [
          machine('web', {
            nics: [nic('52:54:00:00:00:01', { saved: { type: 'network', network: 'lab' } })],
          }),
        ],
      }),
    }),
    ['lab'],
  ],
  [
    'a stopped network that nobody needs',
    'default-network',
    facts({ world: world({ networks: [network('lab', { active: false })] }) }),
    'fine',
  ],
  [
    'a bridge of a running network',
    'stale-virbr',
    withLinks(facts(), [['virbr0', { kind: 'bridge' }]]),
    'fine',
  ],
  [
    'a left bridge with a port that somebody has put there',
    'stale-virbr',
    withLinks(facts(), [
      ['virbr3', { kind: 'bridge' }],
      ['vnet1', { kind: 'tap', master: 'virbr3' }],
    ]),
    'fine',
  ],
  [
    'two networks that share addresses, told of once',
    'overlapping-subnets',
    facts({
      world: world({ networks: [nat(), nat({ name: 'other', id: 'network:other', bridge: 'virbr1' })] }),
    }),
    ['other'],
  ],
  [
    'a host that asks libvirt’s DNS',
    'overlapping-subnets',
    facts({
      world: world({
        networks: [nat()],
        host: { ...world().host, dns: { servers: ['192.168.122.1'], search: [] } },
      }),
    }),
    'fine',
  ],
  ['a firewall that only root may read', 'closed-firewall', facts(), 'unknown'],
  [
    'ufw beside libvirt’s nftables',
    'closed-firewall',
    facts({ firewall: { ...facts().firewall, ufw: true, libvirtBackend: 'nftables' } }),
    ['virbr0'],
  ],
  [
    'Docker beside libvirt’s nftables',
    'docker-drops-nat',
    facts({ firewall: { ...facts().firewall, docker: true, libvirtBackend: 'nftables' } }),
    ['virbr0'],
  ],
  ['a firewall without firewalld', 'firewalld-zone', facts(), 'not-applicable'],
  [
    'firewalld with the zone',
    'firewalld-zone',
    facts({ firewall: { ...facts().firewall, firewalldZones: ['public', 'libvirt'] } }),
    'fine',
  ],
  [
    'a host whose manager listens to routers itself',
    'ipv6-forwarding',
    facts({ kernel: { bridgeNf: null, ipv6: { forwarding: true, acceptRa: { enp3s0: 0 } } } }),
    'fine',
  ],
  [
    'a host without IPv6',
    'ipv6-forwarding',
    facts({ kernel: { bridgeNf: null, ipv6: null } }),
    'not-applicable',
  ],
  [
    'a libvirt bridge with spanning tree, which has no card',
    'bridge-stp',
    facts({
      host: {
        ...facts().host,
        bridges: [{ name: 'virbr0', stp: true, ports: [{ name: 'vnet0', forwarding: true }] }],
      },
    }),
    'not-applicable',
  ],
  [
    'a terminal',
    'no-tray',
    facts({ desktop: { isGraphical: false, showsStatusIcons: false } }),
    'not-applicable',
  ],
  [
    'a desktop without icons',
    'no-tray',
    facts({ desktop: { isGraphical: true, showsStatusIcons: false } }),
    ['tray'],
  ],
  [
    'a VPN beside a better default route',
    'vpn-default-route',
    withRoutes([
      ['default', 'enp3s0', 100],
      ['default', 'wg0', 500],
    ]),
    'fine',
  ],
  [
    'a VPN with the better default route',
    'vpn-default-route',
    withRoutes([
      ['default', 'enp3s0', 100],
      ['default', 'wg0', 50],
    ]),
    ['wg0'],
  ],
  [
    'a VPN that takes both halves',
    'vpn-default-route',
    withRoutes([
      ['default', 'enp3s0', 0],
      ['0.0.0.0/1', 'wg0', 0],
    ]),
    ['wg0'],
  ],
]

function withRoutes(routes: readonly (readonly [string, string, number])[]): DoctorFacts {
  const base = withLinks(facts(), [
    ['enp3s0', {}],
    ['wg0', { kind: 'tunnel' }],
  ])
  const host = {
    ...base.host.host,
    routes: routes.map(([to, link, metric]) => ({
      ...{ family: 4 as const, to, via: null, link, metric, table: 'main', protocol: 'static' },
    })),
  }
  return { ...base, host: { ...base.host, host } }
}

describe('a check of recorded facts', () => {
  it.each(cases)('%s: %s', (_what, check, of, expected) => {
    expect(found(check, of)).toEqual(expected)
  })

  it('of a firewall that it can’t see for certain says that, and no longer once it is fixed', () => {
    const firewall = { ...facts().firewall, docker: true, libvirtBackend: 'nftables' as const }
    const verdict = verdictOf('docker-drops-nat', facts({ firewall }))
    expect(verdict).toMatchObject({ state: 'found', findings: [{ certainty: 'likely' }] })
    const additions = [
      {
        id: '20261124-120000-0a1b',
        addition: { kind: 'accept-forwarding' as const, bridge: 'virbr0' },
        addedAt: 1,
      },
    ]
    expect(found('docker-drops-nat', facts({ firewall, additions }))).toBe('fine')
  })

  it('of a machine on macvtap whose address is known offers host access to it', () => {
    const direct = { type: 'direct', link: 'enp3s0', mode: 'bridge' } as const
    const address = { ip: '10.77.0.60', prefix: 24, source: 'agent' } as const
    const web = machine('web', {
      state: 'running',
      nics: [nic('52:54:00:00:00:01', { live: direct, addresses: [address] })],
    })
    expect(verdictOf('macvtap-host-access', facts({ world: world({ machines: [web] }) }))).toMatchObject({
      findings: [
        {
          weight: 'notice',
          remedy: { fix: { addition: { kind: 'host-access', link: 'enp3s0', machines: ['10.77.0.60'] } } },
        },
      ],
    })
  })
})
