import { describe, expect, it } from 'vitest'
import { decode, encode, parseSignature } from '../../../electron/system/dbus-values'
import { ipLink } from '../../../electron/system/ip-json'
import { bondModesFrom, linksFrom } from '../../../electron/host/links'
import { managerOf } from '../../../electron/host/managers/who-manages'
import { withOrigins } from '../../../electron/host/origins'
import { parseResolvConf } from '../../../electron/host/resolver'
import { routesFrom, uplinkFrom } from '../../../electron/host/routes'
import { aHost, aLink, aRoute } from './a-host'

describe('links', () => {
  const link = (changes: object) => ({
    ifindex: 1,
    ifname: 'x',
    flags: [],
    mtu: 1500,
    link_type: 'ether',
    ...changes,
  })
  const kindOf = (changes: object, wireless = false) =>
    linksFrom([link(changes)], [], new Map([['x', { wireless, speed: null }]]))[0]?.kind

  it('tells a tap from a tun, a card from a station, and a bridge from both', () => {
    expect(kindOf({ linkinfo: { info_kind: 'tun' } })).toBe('tap')
    expect(kindOf({ linkinfo: { info_kind: 'tun' }, link_type: 'none' })).toBe('tunnel')
    expect(kindOf({ linkinfo: { info_kind: 'wireguard' }, link_type: 'none' })).toBe('tunnel')
    expect(kindOf({ linkinfo: { info_kind: 'bridge' } })).toBe('bridge')
    expect(kindOf({ linkinfo: { info_kind: 'openvswitch' } })).toBe('open-vswitch')
    expect(kindOf({})).toBe('ethernet')
    expect(kindOf({}, true)).toBe('wifi')
    expect(kindOf({ link_type: 'ppp' })).toBe('ppp')
  })

  it('tells how bonds choose a port, whatever modes other kinds have, or none', () => {
    const printed = [
      { ifname: 'bond0', linkinfo: { info_kind: 'bond', info_data: { mode: '802.3ad', miimon: 100 } } },
      { ifname: 'macvtap0', linkinfo: { info_kind: 'macvtap', info_data: { mode: 'bridge' } } },
      { ifname: 'br0', linkinfo: { info_kind: 'bridge', info_data: { stp_state: 0 } } },
      { ifname: 'tun0', linkinfo: { info_kind: 'tun', info_data: { mode: 7 } } },
      { ifname: 'enp3s0' },
    ].map((one, index) => ipLink.parse({ ifindex: index, ...one }))
    expect(bondModesFrom(printed)).toEqual({ bond0: '802.3ad' })
  })

  it('leaves temporary addresses out and tells where the others come from', () => {
    const info = { local: '10.0.0.2', prefixlen: 24, scope: 'global', temporary: false, tentative: false }
    const addr_info = [
      { ...info, family: 'inet', dynamic: true },
      { ...info, family: 'inet6', local: 'fd00::2', prefixlen: 64, dynamic: true, temporary: true },
      { ...info, family: 'inet6', local: 'fe80::2', scope: 'link', dynamic: false },
    ]
    const [found] = linksFrom([link({})], [{ ifname: 'x', addr_info }], new Map())
    expect(found?.addresses.map(({ ip, origin }) => `${ip} ${origin}`)).toEqual([
      '10.0.0.2 dynamic',
      'fe80::2 link-local',
    ])
  })

  it('knows an address that a router gave for ever', () => {
    const nic = aLink({
      addresses: [
        { family: 6, ip: 'fd77:1::a', prefix: 64, origin: 'static' },
        { family: 6, ip: 'fd99::a', prefix: 64, origin: 'static' },
      ],
    })
    const advertised = aRoute({ family: 6, to: 'fd77:1::/64', via: null, protocol: 'ra' })
    const [found] = withOrigins([nic], [advertised], null)
    expect(found?.addresses.map(({ origin }) => origin)).toEqual(['dynamic', 'static'])
  })
})

describe('the uplink', () => {
  it('is the default route with the lowest metric, IPv4 first', () => {
    const links = [aLink(), aLink({ name: 'enp4s0' })]
    const routes = [
      aRoute({ link: 'enp4s0', metric: 200 }),
      aRoute({ metric: 100 }),
      aRoute({ family: 6, link: 'enp4s0', metric: 1, via: 'fe80::1' }),
    ]
    expect(uplinkFrom(links, routes)).toMatchObject({ link: 'enp3s0', nic: 'enp3s0', bridge: null })
    expect(uplinkFrom(links, routes.slice(2))).toMatchObject({ link: 'enp4s0', gateway: 'fe80::1' })
  })

  it('looks through a bridge to its card, past the machines’ taps', () => {
    const links = [
      aLink({ name: 'br0', kind: 'bridge' }),
      aLink({ name: 'vnet0', kind: 'tap', master: 'br0' }),
      aLink({ master: 'br0' }),
    ]
    expect(uplinkFrom(links, [aRoute({ link: 'br0' })])).toMatchObject({
      link: 'br0',
      nic: 'enp3s0',
      bridge: 'br0',
    })
  })

  it('is not a default route of another table', () => {
    expect(uplinkFrom([aLink()], [aRoute({ table: '200' })])).toBeNull()
  })

  it('takes every hop of a multipath route', () => {
    const nexthops = [
      { gateway: '10.0.0.1', dev: 'a' },
      { gateway: '10.1.0.1', dev: 'b' },
    ]
    const route = { type: 'unicast', dst: 'default', table: 'main', protocol: 'static', nexthops }
    expect(routesFrom(4, [route]).map(({ link }) => link)).toEqual(['a', 'b'])
  })
})

describe('who manages the uplink', () => {
  const files = { networkd: null, interfaces: '', ifstate: '' }
  const nic = aLink()

  it('is who says so of this very link', () => {
    expect(managerOf(nic, aHost().networkManager, files)).toBe('networkmanager')
    const networkd = 'ADMIN_STATE=configured\nNETWORK_FILE=/etc/systemd/network/a.network\n'
    expect(managerOf(nic, null, { ...files, networkd })).toBe('systemd-networkd')
    const byNetplan = 'ADMIN_STATE=configured\nNETWORK_FILE=/run/systemd/network/10-netplan-a.network\n'
    expect(managerOf(nic, null, { ...files, networkd: byNetplan })).toBe('netplan')
    const interfaces = 'auto enp3s0\niface enp3s0 inet dhcp\n'
    expect(managerOf(nic, null, { ...files, interfaces, ifstate: 'enp3s0=enp3s0\n' })).toBe('ifupdown')
    expect(managerOf(nic, null, { ...files, interfaces })).toBe('none')
    expect(managerOf(aLink({ addresses: [] }), null, files)).toBe('unknown')
  })
})

it('reads resolv.conf as the resolver does', () => {
  const text = '# x\nsearch a.test\nnameserver 10.0.0.1\n nameserver  fd00::1 \nsearch b.test c.test\n'
  expect(parseResolvConf(text)).toEqual({ servers: ['10.0.0.1', 'fd00::1'], search: ['b.test', 'c.test'] })
})

describe('D-Bus values', () => {
  const settings = {
    ipv4: {
      dns: { signature: 'au', value: [16_777_343] },
      'address-data': {
        signature: 'aa{sv}',
        value: [{ address: { signature: 's', value: '10.0.0.2' }, prefix: { signature: 'u', value: 24 } }],
      },
    },
  }
  const [type = { type: '', child: [] }] = parseSignature('a{sa{sv}}')

  it('are sent with the signature of every variant', () => {
    expect(encode(type, settings)).toEqual([
      [
        'ipv4',
        [
          ['dns', ['au', [16_777_343]]],
          [
            'address-data',
            [
              'aa{sv}',
              [
                [
                  ['address', ['s', '10.0.0.2']],
                  ['prefix', ['u', 24]],
                ],
              ],
            ],
          ],
        ],
      ],
    ])
  })

  it('are understood as the library gives them, with types as parsed trees', () => {
    const received = (signature: string, value: unknown): unknown => [parseSignature(signature), [value]]
    const pairs = [
      ['address', received('s', '10.0.0.2')],
      ['prefix', received('u', 24)],
    ]
    const raw = [
      [
        'ipv4',
        [
          ['dns', received('au', [16_777_343])],
          ['address-data', received('aa{sv}', [pairs])],
        ],
      ],
    ]
    expect(decode(type, raw)).toEqual(settings)
  })

  it('without their type are an error, not nonsense', () => {
    expect(() => decode(type, [['ipv4', [['dns', 'x']]]])).toThrow()
    expect(() => encode(type, { ipv4: { dns: 'x' } })).toThrow()
    expect(() => parseSignature('a{s')).toThrow()
  })
})
