import { describe, expect, it } from 'vitest'
import { type Variant, variant } from '../../../electron/system/dbus-values'
import { isWithin, networkFrom } from '../../../electron/host/ownership/destination'
import type { HostFacts } from '../../../electron/host/facts'
import { fdbEntry } from '../../../electron/system/ip-json'
import { extraMacsFrom } from '../../../electron/host/links'
import { linkDnsOf, vpnsOf } from '../../../electron/host/managers/network-manager/facts'
import { ownershipOf } from '../../../electron/host/ownership/ownership'
import { ownServers } from '../../../electron/host/ownership/own-servers'
import { planBridge } from '../../../electron/host/bridge/plan-bridge'
import { isByNexthop, isMultipath, routesFrom } from '../../../electron/host/routes'
import type { Address, HostManager, Link } from '../../../shared/world/host'
import { aHost, aLink, aProfile, aRoute } from './a-host'
import { recordedRoutes } from './foreign-routes'
import { someFacts } from './ifupdown/texts'
import { english } from '../../../shared/phrases/english'

const byHand: Address = { family: 4, ip: '10.77.9.9', prefix: 24, origin: 'static' }
const leased: Address = { family: 4, ip: '10.77.0.123', prefix: 24, origin: 'dynamic' }
const movable = recordedRoutes().filter((route) => !isMultipath(route) && !isByNexthop(route))

interface More {
  settings?: Parameters<typeof aProfile>[1]
  text?: string | null
}

/** The recorded card with one of the managers, whose configuration says `more`. */
function recorded(manager: HostManager, { settings = {}, text = '' }: More = {}): HostFacts {
  const isNm = manager === 'networkmanager'
  const others = isNm ? {} : { networkManager: null }
  const file = {
    path: '/run/systemd/network/20.network',
    text: text === null ? null : `[Network]\nDHCP=yes\n${text}`,
    stamp: '',
  }
  const links = [aLink({ addresses: manager === 'none' ? [byHand] : [leased, byHand] })]
  return {
    ...aHost({
      links,
      manager,
      routes: routesFrom(4, movable),
      profiles: [aProfile({}, settings)],
      ...others,
    }),
    networkd: [{ name: 'enp3s0', state: 'configured', file, dropIns: [], lease: null, dhcp6Iaid: null }],
    ifupdown: manager === 'ifupdown' ? someFacts(`iface enp3s0 inet dhcp\n${text ?? ''}`) : null,
  }
}

/** Where the routes lead that are the manager's, and the addresses. */
function owned(facts: HostFacts): { routes: string[]; addresses: string[] } {
  const own = ownershipOf(facts, 'enp3s0')
  return {
    routes: facts.host.routes
      .filter((route) => route.protocol !== 'kernel' && own.route(route))
      .map(({ to, table }) => `${to} ${table}`),
    addresses: (facts.host.links[0]?.addresses ?? [])
      .filter((address) => own.address(address))
      .map(({ ip }) => ip),
  }
}

const data = (...entries: [string, string | number][]): Variant =>
  variant('aa{sv}', [
    Object.fromEntries(
      entries.map(([key, value]) => [key, variant(typeof value === 'string' ? 's' : 'u', value)]),
    ),
  ])

describe('what on a card is its manager’s', () => {
  const lease = { routes: ['default main'], addresses: ['10.77.0.123'] }

  it.each(['networkmanager', 'systemd-networkd', 'ifupdown'] as const)(
    '%s: a lease, and nothing that the kernel alone has',
    (manager) => {
      expect(owned(recorded(manager))).toEqual(lease)
    },
  )

  it('what the profile states', () => {
    const ipv4 = {
      'address-data': data(['address', '10.77.9.9'], ['prefix', 24]),
      'route-data': data(['dest', '198.51.100.0'], ['prefix', 24]),
    }
    expect(owned(recorded('networkmanager', { settings: { ipv4 } }))).toEqual({
      routes: [...lease.routes, '198.51.100.0/24 main'],
      addresses: ['10.77.0.123', '10.77.9.9'],
    })
  })

  it('what the file of networkd states, and only there where a route is meant', () => {
    const text =
      'Gateway=203.0.113.7\n[Address]\nAddress=10.77.9.9/24\n[Route]\nDestination=198.51.100.9/24\n'
    expect(owned(recorded('systemd-networkd', { text }))).toEqual({
      routes: [...lease.routes, '198.51.100.0/24 main'],
      addresses: ['10.77.0.123', '10.77.9.9'],
    })
  })

  it('takes for stated what a file may say that only root reads, but nothing that was set by hand', () => {
    const { routes } = owned(recorded('systemd-networkd', { text: null }))
    expect(routes).toEqual(['default main', '10.77.0.1 main', '203.0.113.7 main'])
  })

  it('what a line of ifupdown’s sets', () => {
    const text =
      '  up ip route add 198.51.100.0/24 via 10.77.0.9\n  up ip -4 route replace 203.0.113.7 via 10.77.0.1\n'
    expect(owned(recorded('ifupdown', { text })).routes).toEqual([
      ...lease.routes,
      '198.51.100.0/24 main',
      '203.0.113.7 main',
    ])
  })
})

describe('the plan', () => {
  const notices = (facts: HostFacts): string => {
    const outcome = planBridge(facts, {})
    if (outcome.kind === 'refused') return english(outcome.failure.message)
    return outcome.plan.notices.map(({ text }) => english(text)).join('\n')
  }

  it.each(['networkmanager', 'systemd-networkd', 'ifupdown'] as const)(
    '%s: says in one line what goes along until the next restart',
    (manager) => {
      expect(
        notices(recorded(manager))
          .split('\n')
          .filter((line) => line.startsWith('No configuration')),
      ).toEqual([
        'No configuration of enp3s0 has 10.77.9.9/24, the default route in table 100, the route to 10.77.0.1, the route to 198.51.100.0/24, the route to 198.51.101.0/24, the route to 203.0.113.7: that goes along to br0, and back with the undo, but only until the next restart.',
      ])
    },
  )

  it('has no such line where there is nothing of the kind, or where the whole bridge lasts no longer', () => {
    expect(notices(aHost())).not.toContain('No configuration')
    expect(
      notices(aHost({ routes: [aRoute(), aRoute({ to: '169.254.0.0/16', via: null, protocol: 'boot' })] })),
    ).not.toContain('No configuration')
    expect(notices(recorded('none'))).not.toContain('No configuration')
  })

  it.each(['networkmanager', 'systemd-networkd', 'ifupdown', 'none'] as const)(
    '%s: refuses a route that can’t be moved, with the way out',
    (manager) => {
      const found = (isMeant: typeof isMultipath) => routesFrom(4, recordedRoutes().filter(isMeant))
      const failure = (more: Partial<HostFacts>) => {
        const outcome = planBridge({ ...recorded(manager), ...more }, {})
        return outcome.kind === 'refused'
          ? `${english(outcome.failure.message)} | ${english(outcome.failure.hint ?? '')}`
          : 'planned'
      }
      expect(failure({ multipath: found(isMultipath) })).toMatch(
        /10\.11\.0\.0\/16 has several hops.*\| .*ip route replace/,
      )
      expect(failure({ byNexthop: found(isByNexthop) })).toMatch(
        /10\.12\.0\.0\/16 goes by a nexthop object.*\| .*replace 10\.12\.0\.0\/16 via 10\.77\.0\.9 dev enp3s0/,
      )
      expect(failure({})).toBe('planned')
    },
  )
})

/** NetworkManager 1.42 with a VPN by a plugin over enp3s0, which has made tun0: of GetManagedObjects what is read of it. */
const active = {
  '/org/freedesktop/NetworkManager/ActiveConnection/2': {
    'org.freedesktop.NetworkManager.Connection.Active': {
      Id: variant('s', 'Wired'),
      Type: variant('s', '802-3-ethernet'),
      Devices: variant('ao', ['/org/freedesktop/NetworkManager/Devices/2']),
      Vpn: variant('b', false),
    },
  },
  '/org/freedesktop/NetworkManager/ActiveConnection/5': {
    'org.freedesktop.NetworkManager.Connection.Active': {
      SpecificObject: variant('o', '/org/freedesktop/NetworkManager/ActiveConnection/2'),
      Id: variant('s', 'CorpVPN'),
      Type: variant('s', 'vpn'),
      Devices: variant('ao', ['/org/freedesktop/NetworkManager/Devices/2']),
      Vpn: variant('b', true),
    },
  },
  '/org/freedesktop/NetworkManager/ActiveConnection/6': {
    'org.freedesktop.NetworkManager.Connection.Active': {
      Id: variant('s', 'tun0'),
      Type: variant('s', 'tun'),
      Devices: variant('ao', ['/org/freedesktop/NetworkManager/Devices/4']),
      Vpn: variant('b', false),
    },
  },
  '/org/freedesktop/NetworkManager/Devices/2': {
    'org.freedesktop.NetworkManager.Device': { Interface: variant('s', 'enp3s0') },
  },
}
const dnsManager = {
  Configuration: variant('aa{sv}', [
    {
      nameservers: variant('as', ['10.8.0.53']),
      interface: variant('s', 'tun0'),
      priority: variant('i', 50),
      vpn: variant('b', true),
    },
    {
      nameservers: variant('as', ['10.77.0.1']),
      domains: variant('as', ['lab.test']),
      interface: variant('s', 'enp3s0'),
      priority: variant('i', 100),
      vpn: variant('b', false),
    },
  ]),
}

describe('a VPN', () => {
  it('of NetworkManager’s over the card speaks against the bridge, by its name; over another one it does not', () => {
    const vpns = vpnsOf(active)
    expect(vpns).toEqual([{ id: 'CorpVPN', links: ['enp3s0'] }])
    const facts = aHost()
    const said = (links: readonly string[]): string => {
      const nm = facts.networkManager && {
        ...facts.networkManager,
        vpns: vpns.map((vpn) => ({ ...vpn, links })),
      }
      const outcome = planBridge({ ...facts, networkManager: nm }, {})
      return outcome.kind === 'refused'
        ? `${english(outcome.failure.message)} | ${english(outcome.failure.hint ?? '')}`
        : 'planned'
    }
    expect(said(['enp3s0'])).toMatch(
      /“CorpVPN” runs over enp3s0.*\| .*nmcli connection down id "CorpVPN".*connect it again/,
    )
    expect(said(['wlan0'])).toBe('planned')
  })

  const dns = { servers: ['10.8.0.53', '10.77.0.1'], search: [] }

  it('has name servers that are not the card’s, as NetworkManager tells', () => {
    const facts = aHost({ dns })
    const networkManager = facts.networkManager && { ...facts.networkManager, linkDns: linkDnsOf(dnsManager) }
    expect(ownServers({ ...facts, networkManager }, 'enp3s0')).toEqual(['10.77.0.1'])
  })

  it('or as the routes tell', () => {
    const tunnel = aRoute({ to: '10.8.0.0/16', link: 'tun0', via: null, protocol: 'static' })
    const facts = (routes: HostFacts['host']['routes']) =>
      aHost({ dns, routes, manager: 'ifupdown', networkManager: null })
    expect(ownServers(facts([aRoute(), tunnel]), 'enp3s0')).toEqual(['10.77.0.1'])
    // Without the tunnel's route it goes out by the card, and so counts as the card's.
    expect(ownServers(facts([aRoute()]), 'enp3s0')).toEqual(dns.servers)
    expect(ownServers(facts([]), 'enp3s0')).toEqual(dns.servers)
  })
})

describe('a card below a container', () => {
  /** `bridge -j fdb show` with a macvlan, up in another network namespace, on enp3s0. */
  const printed = `[{"mac":"33:33:00:00:00:01","ifname":"p0","flags":["self"],"state":"permanent"},
{"mac":"86:d2:01:9b:5d:dd","ifname":"enp3s0","flags":["self"],"state":"permanent"},
{"mac":"01:00:5e:00:00:01","ifname":"enp3s0","flags":["self"],"state":"permanent"},
{"mac":"33:33:ff:9b:5d:dd","ifname":"enp3s0","flags":["self"],"state":"permanent"}]`
  const extraMacs = extraMacsFrom(fdbEntry.array().parse(JSON.parse(printed)))

  const said = (more: Partial<HostFacts>, ...links: Link[]): string => {
    const outcome = planBridge({ ...aHost({ links: [aLink(), ...links] }), extraMacs, ...more }, {})
    return outcome.kind === 'refused' ? english(outcome.failure.message) : 'planned'
  }

  it('is refused with the MAC address that gives it away', () => {
    expect(extraMacs).toEqual([{ link: 'enp3s0', mac: '86:d2:01:9b:5d:dd' }])
    expect(said({})).toMatch(/86:d2:01:9b:5d:dd in another network namespace/)
  })

  it('is not, where a link here has that address, or passes it on from above', () => {
    const vlan = aLink({ name: 'enp3s0.7', kind: 'vlan', parent: 'enp3s0', addresses: [] })
    expect(said({}, { ...vlan, mac: '86:d2:01:9b:5d:dd' })).toBe('planned')
    expect(said({ extraMacs: [...extraMacs, { link: 'enp3s0.7', mac: '86:d2:01:9b:5d:dd' }] }, vlan)).toBe(
      'planned',
    )
    expect(said({ extraMacs: [{ link: 'enp4s0', mac: '86:d2:01:9b:5d:dd' }] })).toBe('planned')
  })

  it('is refused too where something sits on it that names no parent', () => {
    const hsr = aLink({ name: 'hsr0', kind: 'other', addresses: [] })
    expect(said({ extraMacs: [], uppers: { enp3s0: ['hsr0'] } }, hsr)).toMatch(/enp3s0 carries hsr0/)
    expect(said({ extraMacs: [], uppers: {} }, hsr)).toBe('planned')
  })
})

describe('a network', () => {
  it('has one spelling', () => {
    expect(networkFrom('198.51.100.9/24')).toBe('198.51.100.0/24')
    expect(networkFrom('203.0.113.7')).toBe('203.0.113.7/32')
    expect(networkFrom('2001:DB8::0:1/48')).toBe('2001:db8::/48')
    for (const none of ['default', '10', '10.0.0.0/33', '10.0.0.0/x', ''])
      expect(networkFrom(none)).toBeNull()
  })

  it('has its own addresses in it, and no others', () => {
    expect(isWithin('10.8.0.53', '10.8.0.0/16')).toBe(true)
    expect(isWithin('10.9.0.53', '10.8.0.0/16')).toBe(false)
    expect(isWithin('fd77::1', '0.0.0.0/0')).toBe(false)
    expect(isWithin('fd77::1', '::/0')).toBe(true)
  })
})
