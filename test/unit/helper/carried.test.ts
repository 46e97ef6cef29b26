import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addedSince,
  addLines,
  foreignPart,
  isEmpty,
  namesOf,
  together,
  without,
} from '../../../electron/helper/kernel/carried'
import { becomePort, notPort } from '../../../electron/helper/kernel/is-port'
import { type LinkState, linkState, noState } from '../../../electron/helper/kernel/link-state'
import { routesFrom } from '../../../electron/helper/kernel/route-text'
import { ownershipOf } from '../../../electron/host/ownership/ownership'
import { aHost, aLink } from '../host/a-host'
import { text4, text6 } from '../host/foreign-routes'
import { anyState } from './kernel-states'

const recorded: LinkState = {
  ...noState('enp3s0'),
  addresses: [
    { family: 4, ip: '10.77.0.123', prefix: 24, options: ['metric', '100'], valid: 3600, preferred: 3600 },
    { family: 4, ip: '10.77.9.9', prefix: 24, options: ['label', ':x'], valid: null, preferred: null },
  ],
  routes: [...routesFrom(4, text4), ...routesFrom(6, text6)],
  neighbours: [
    { ip: '10.77.0.99', mac: '02:00:00:00:00:99', permanent: true },
    { ip: '10.77.0.1', mac: '02:00:00:00:00:01', permanent: false },
  ],
  proxies: ['10.77.0.88'],
}
const carried = foreignPart(recorded, ownershipOf(aHost({ links: [aLink()] }), 'enp3s0'))

describe('the routes that ip prints in full', () => {
  it('keep protocol and scope, and are taken back as they are', () => {
    const words = recorded.routes.map((route) => route.words.join(' '))
    expect(words).toContain('198.51.100.0/24 via 10.77.0.9 proto boot scope global')
    // Without a gateway `ip route add` would give it the scope `link`.
    expect(words).toContain('198.51.101.0/24 proto boot scope global')
    expect(words).toContain(
      'default via 10.77.0.9 table 100 proto openr scope global src 10.77.9.9 mtu lock 1400',
    )
    expect(words).toContain('2001:db8:77::/48 via fe80::9 proto boot scope global metric 1024 pref medium')
    expect(words.join('\n')).not.toMatch(/unicast|nh_info|broadcast|fe80::\/64|ff00|table main/)
  })
})

describe('a router’s word as networkd 257 sets it, by a nexthop object that goes with its link', () => {
  it('is kept as the route to its gateway, which can be set again', () => {
    // `ip -d -6 route show table all dev enp3s0` on Debian 13.
    const text = `unicast default nhid 221174976 via fe80::e0f1:fdff:fe6e:f4dd table main proto ra scope global metric 1024 expires 1799sec pref medium
\tnh_info id 221174976 via fe80::e0f1:fdff:fe6e:f4dd dev enp3s0 scope link proto ra
`
    expect(routesFrom(6, text).map(({ words }) => words.join(' '))).toEqual([
      'default via fe80::e0f1:fdff:fe6e:f4dd proto ra scope global metric 1024 expires 1799 pref medium',
    ])
  })
})

describe('what is carried along', () => {
  it('is all that the manager and the kernel do not set by themselves', () => {
    expect(namesOf(carried)).toEqual([
      '10.77.9.9/24',
      'a default route',
      ...['10.12.0.0/16', '10.77.0.1', '169.254.0.0/16', '198.51.100.0/24'].map((to) => `the route to ${to}`),
      ...['198.51.101.0/24', '203.0.113.7', '2001:db8:77::/48'].map((to) => `the route to ${to}`),
      'the neighbour 10.77.0.99',
      'the proxy for 10.77.0.88',
    ])
  })

  it('comes to the other link in an order in which everything can be set, in place of nothing that is there', () => {
    const lines = addLines(carried, 'br0')
    expect(lines[0]).toBe('address add 10.77.9.9/24 dev br0 label br0:x')
    expect(lines).toContain('neigh replace 10.77.0.99 lladdr 02:00:00:00:00:99 dev br0 nud permanent')
    expect(lines).toContain('neigh replace proxy 10.77.0.88 dev br0')
    const at = (text: string): number => lines.findIndex((line) => line.includes(text))
    // The gateway's own route is there before those through it.
    expect(at('route add 10.77.0.1 ')).toBeLessThan(at('route add 203.0.113.7 via 10.77.0.1'))
    expect(lines.filter((line) => line.includes('replace') && !line.startsWith('neigh'))).toEqual([])
  })

  it('is not what leads out of the card for a moment while it is handed back', () => {
    const route = {
      family: 4 as const,
      words: ['10.9.0.0/16', 'via', '10.77.0.9', 'proto', '158', 'metric', '50'],
    }
    expect(
      isEmpty(foreignPart({ ...noState('enp3s0'), routes: [route] }, ownershipOf(aHost(), 'enp3s0'))),
    ).toBe(true)
  })

  it('is told apart, and put together again, item by item', () => {
    fc.assert(
      fc.property(anyState, anyState, (one, other) => {
        expect(isEmpty(without(one, one))).toBe(true)
        expect(isEmpty(without(one, together(other, one)))).toBe(true)
        expect(isEmpty(without(other, together(other, one)))).toBe(true)
        expect(isEmpty(without(together(one, other), together(other, one)))).toBe(true)
      }),
    )
  })

  it('is the same route whatever time it has left', () => {
    const route = (seconds: string): LinkState => ({
      ...noState('enp3s0'),
      routes: [{ family: 6, words: ['2001:db8::/48', 'via', 'fe80::9', 'expires', seconds] }],
    })
    expect(isEmpty(without(route('40'), route('30')))).toBe(true)
  })
})

it('a record of an older version has no neighbours for good and no proxies', () => {
  const old = {
    link: 'enp3s0',
    mac: null,
    mtu: 1500,
    addresses: [],
    routes: [],
    neighbours: [{ ip: '10.0.0.1', mac: 'x' }],
  }
  expect(linkState.parse(old)).toMatchObject({ neighbours: [{ permanent: false }], proxies: [] })
})

describe('a card that the kernel did not make a port', () => {
  const links = { nic: 'enp3s0', bridge: 'br0' }
  const lines = ['link set dev enp3s0 mtu 1500', becomePort(links), 'route add 1.2.3.0/24 dev nosuch']
  /** What `ip -force -batch -` printed of these lines, with a macvlan on the card. */
  const printed =
    'RTNETLINK answers: Device or resource busy\nCommand failed -:2\nCannot find device "nosuch"\nCommand failed -:3\n'

  it('has the kernel’s reason in the failure', () => {
    expect(notPort(links, lines, printed)?.failure).toMatchObject({
      message: 'The kernel did not make enp3s0 a port of br0: Device or resource busy',
      hint: expect.stringContaining('macvlan') as string,
    })
  })

  it('has no reason where ip complained of something else', () => {
    expect(notPort(links, lines, 'Cannot find device "nosuch"\nCommand failed -:3\n')).toBeNull()
    expect(notPort(links, lines, '')).toBeNull()
  })
})

describe('what was set on the other link since', () => {
  // As NetworkManager 1.42 had set a bridge up when it was killed: the NIC's own network, behind every other one.
  const bridge: LinkState = {
    ...noState('br0'),
    addresses: [
      { family: 4, ip: '10.77.0.50', prefix: 24, options: ['noprefixroute'], valid: null, preferred: null },
      { family: 4, ip: '10.8.0.2', prefix: 32, options: [], valid: null, preferred: null },
    ],
    routes: routesFrom(
      4,
      `unicast default via 10.77.0.1 proto static scope global metric 30000
unicast 10.88.0.0/16 via 10.77.0.9 proto static scope global metric 30000
unicast 10.88.0.0/16 via 10.77.0.9 table 7 proto static scope global
unicast 203.0.113.7 via 10.77.0.1 proto static scope global metric 50`,
    ),
  }
  const nic: LinkState = {
    ...noState('enp3s0'),
    addresses: [
      { family: 4, ip: '10.77.0.50', prefix: 24, options: ['noprefixroute'], valid: null, preferred: null },
    ],
    routes: routesFrom(
      4,
      `unicast default via 10.77.0.1 proto static scope global metric 100
unicast 10.88.0.0/16 via 10.77.0.9 proto static scope global metric 50`,
    ),
  }
  const nobodys = ownershipOf(aHost({ links: [aLink()] }), 'br0')

  it('is not what the network had before, though nobody is there to claim it', () => {
    expect(namesOf(foreignPart(bridge, nobodys))).toContain('a default route')
    const since = addedSince(foreignPart(bridge, nobodys), nic)
    expect(since.routes.map(({ words }) => words.join(' '))).toEqual([
      '10.88.0.0/16 via 10.77.0.9 table 7 proto static scope global',
      '203.0.113.7 via 10.77.0.1 proto static scope global metric 50',
    ])
    expect(since.addresses.map(({ ip }) => ip)).toEqual(['10.8.0.2'])
  })
})
