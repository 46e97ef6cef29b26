import fc from 'fast-check'
import ipaddr from 'ipaddr.js'
import { describe, expect, it } from 'vitest'
import { readIpv6, readMtu, readRange, readSubnet, widestRange } from '../../../electron/networks/addressing'
import {
  formatCidr,
  formatIp,
  isHostIn,
  parseCidr,
  parseIp,
  type Cidr,
} from '../../../electron/networks/cidr'
import { claimsOf, conflictOf, type Claim } from '../../../electron/networks/claims'
import { freeBridgeName, freeSubnet, freeUla } from '../../../electron/networks/propose'
import { toFailure, type Failure } from '../../../shared/failure'
import type { Route } from '../../../shared/world/host'
import { link, network, world } from '../shared/worlds'
import { noRandom } from './wishes'
import { english } from '../../../shared/phrases/english'

const cidr = (text: string): Cidr => {
  const parsed = parseCidr(text)
  if (parsed === null) throw new Error(`${text} is no CIDR`)
  return parsed
}
const claim = (text: string): Claim => ({ cidr: cidr(text), by: 'somebody' })

function failureOf(act: () => unknown): Failure {
  try {
    act()
  } catch (thrown) {
    return toFailure(thrown)
  }
  throw new Error('it was taken')
}

const anyCidr4 = fc
  .record({ value: fc.bigInt(0n, 0xffff_ffffn), prefix: fc.integer({ min: 8, max: 30 }) })
  .map(({ value, prefix }): Cidr => ({ family: 4, value, prefix }))
const anyClaims = fc.array(
  anyCidr4.map((one): Claim => ({ cidr: one, by: 'somebody' })),
  { maxLength: 30 },
)

describe('addresses', () => {
  it('are written as they are read, in both families', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, (1n << 128n) - 1n), fc.constantFrom<4 | 6>(4, 6), (bits, family) => {
        const ip = { family, value: family === 4 ? bits & 0xffff_ffffn : bits }
        expect(parseIp(formatIp(ip))).toEqual(ip)
      }),
    )
  })

  it.each(['', '1.2.3', '010.1.1.1', '1.2.3.4/24', 'fe80::1%eth0', '256.1.1.1', '0x7f.1', '1', 'localhost'])(
    'are not “%s”',
    (text) => expect(parseIp(text)).toBeNull(),
  )

  it.each(['10.0.0.0', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/-1', '10.0.0.0/8/8', 'fd00::/129', '/24'])(
    'with a prefix are not “%s”',
    (text) => expect(parseCidr(text)).toBeNull(),
  )

  it('lie in a subnet exactly when ipaddr.js says so', () => {
    fc.assert(
      fc.property(anyCidr4, fc.bigInt(0n, 0xffff_ffffn), (subnet, value) => {
        const ip = ipaddr.IPv4.parse(formatIp({ family: 4, value }))
        const expected = ip.match(ipaddr.IPv4.parse(formatIp(subnet)), subnet.prefix)
        expect(conflictOf({ family: 4, value, prefix: 32 }, [{ cidr: subnet, by: '' }]) !== null).toBe(
          expected,
        )
      }),
    )
  })
})

describe('a proposed subnet', () => {
  it('is libvirt’s own where that is free, and the next one where not', () => {
    expect(formatCidr(freeSubnet([]) ?? cidr('0.0.0.0/0'))).toBe('192.168.122.0/24')
    const taken = [claim('192.168.122.0/24'), claim('192.168.123.128/25')]
    expect(formatCidr(freeSubnet(taken) ?? cidr('0.0.0.0/0'))).toBe('192.168.124.0/24')
  })

  it('is private, and overlaps with nothing', () => {
    fc.assert(
      fc.property(anyClaims, (claims) => {
        const free = freeSubnet(claims)
        if (free === null) return
        expect(conflictOf(free, claims)).toBeNull()
        expect(ipaddr.IPv4.parse(formatIp(free)).range()).toBe('private')
      }),
    )
  })

  it('is none when everything is in use', () => {
    const claims = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].map(claim)
    expect(freeSubnet(claims)).toBeNull()
    expect(failureOf(() => readSubnet(null, claims))).toMatchObject({ code: 'refused', field: 'subnet' })
  })

  it('of IPv6 is a ULA by RFC 4193, and none when those are taken', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, (1n << 40n) - 1n), (bits) => {
        const free = freeUla([], () => bits)
        expect(ipaddr.IPv6.parse(formatIp(free ?? cidr('::/0'))).range()).toBe('uniqueLocal')
        expect(free?.prefix).toBe(64)
      }),
    )
    expect(freeUla([claim('fc00::/7')], noRandom)).toBeNull()
  })
})

describe('a subnet as it is written', () => {
  it('gives the host its first address, or the one that was written', () => {
    expect(formatIp(readSubnet('10.1.2.0/24', []).host)).toBe('10.1.2.1')
    expect(formatIp(readSubnet('10.1.2.254/24', []).host)).toBe('10.1.2.254')
  })

  it.each([
    ['10.1.2.0', 'usage'],
    ['nonsense/24', 'usage'],
    ['10.1.2.0/31', 'usage'],
    ['10.0.0.0/7', 'usage'],
    ['10.1.2.255/24', 'usage'],
    ['127.1.0.0/16', 'usage'],
    ['169.254.7.0/24', 'usage'],
    ['224.0.1.0/24', 'usage'],
    ['255.255.255.0/24', 'usage'],
    ['fd00::/64', 'usage'],
    ['10.99.5.0/24', 'refused'],
    ['10.0.0.0/8', 'refused'],
  ])('is refused for %s, with the field and a way out', (text, code) => {
    const failure = failureOf(() => readSubnet(text, [claim('10.99.0.0/16')]))
    expect(failure).toMatchObject({ code, field: 'subnet' })
    expect(english(failure.hint ?? '')).toMatch(/192\.168\.1/)
  })

  it('says who uses it', () => {
    expect(failureOf(() => readSubnet('10.1.2.0/24', [claim('10.1.0.0/16')])).message).toEqual(
      '10.1.2.0/24 overlaps with 10.1.0.0/16, which somebody uses.',
    )
  })
})

describe('a DHCP range', () => {
  const subnet = readSubnet('10.1.2.1/24', [])

  it('is all of the subnet but the host’s own address, unless said', () => {
    expect(readRange(null, subnet)).toEqual({ start: '10.1.2.2', end: '10.1.2.254' })
    expect(readRange(null, readSubnet('10.1.2.254/24', []))).toEqual({ start: '10.1.2.1', end: '10.1.2.253' })
    expect(readRange('10.1.2.100-10.1.2.199', subnet)).toEqual({ start: '10.1.2.100', end: '10.1.2.199' })
    expect(readRange('10.1.2.7-10.1.2.7', subnet)).toEqual({ start: '10.1.2.7', end: '10.1.2.7' })
    expect(readRange('off', subnet)).toBeNull()
  })

  it.each([
    ['10.1.2.10', 'no range'],
    ['10.1.2.10-', 'no range'],
    ['10.1.2.10-x', 'no range'],
    ['10.1.2.10-10.1.2.20-10.1.2.30', 'no range'],
    ['10.1.2.10-10.1.3.20', 'in the subnet'],
    ['10.1.2.0-10.1.2.20', 'in the subnet'],
    ['10.1.2.10-10.1.2.255', 'in the subnet'],
    ['10.1.2.20-10.1.2.10', 'ends before'],
    ['10.1.2.1-10.1.2.20', 'own address'],
    ['fd00::1-fd00::2', 'in the subnet'],
  ])('is refused for %s', (text, why) => {
    const failure = failureOf(() => readRange(text, subnet))
    expect(failure).toMatchObject({ code: 'usage', field: 'dhcp' })
    expect(english(failure.message)).toContain(why)
    expect(english(failure.hint ?? '')).toContain('10.1.2.2-10.1.2.254')
  })

  it('is no longer than libvirt takes', () => {
    const wide = readSubnet('10.64.0.1/12', [])
    expect(readRange(null, wide)).toEqual({ start: '10.64.0.2', end: '10.65.0.0' })
    expect(failureOf(() => readRange('10.64.0.2-10.65.0.1', wide)).field).toBe('dhcp')
  })

  it('by itself always holds machines’ addresses only, and reads back', () => {
    fc.assert(
      fc.property(anyCidr4, (any) => {
        fc.pre(isHostIn(any, any))
        const own = { cidr: any, host: any }
        const range = widestRange(own)
        if (range === null) throw new Error('a /30 or wider has room for a machine')
        expect(readRange(`${range.start}-${range.end}`, own)).toEqual(range)
      }),
    )
  })
})

describe('IPv6', () => {
  it('is private with “auto”, and what was written otherwise', () => {
    expect(readIpv6(null, [], noRandom)).toBeNull()
    expect(readIpv6('off', [], noRandom)).toBeNull()
    expect(readIpv6('auto', [], noRandom)).toEqual({ address: 'fd12:3456:789a::1', prefix: 64 })
    expect(readIpv6('2001:db8:1::/64', [], noRandom)).toEqual({ address: '2001:db8:1::1', prefix: 64 })
    expect(readIpv6('fd00::53/64', [], noRandom)).toEqual({ address: 'fd00::53', prefix: 64 })
  })

  it.each([
    ['yes', 'usage'],
    ['10.0.0.0/24', 'usage'],
    ['fd00::/48', 'usage'],
    ['fe80::/64', 'usage'],
    ['ff02::/64', 'usage'],
    ['::/64', 'usage'],
    ['2001:db8:7::/64', 'refused'],
  ])('is refused for %s', (text, code) => {
    const failure = failureOf(() => readIpv6(text, [claim('2001:db8::/32')], noRandom))
    expect(failure).toMatchObject({ code, field: 'ipv6' })
    expect(failure.hint).toBeTruthy()
  })
})

describe('an MTU', () => {
  it.each([
    ['68', false, 68],
    ['9000', true, 9000],
    ['off', true, null],
    [null, true, null],
  ])('%s is taken', (text, ipv6, mtu) => expect(readMtu(text, ipv6)).toBe(mtu))

  it.each([
    ['67', false],
    ['1279', true],
    ['65536', false],
    ['1e3', false],
    ['-1', false],
  ])('%s is refused', (text, ipv6) =>
    expect(failureOf(() => readMtu(text, ipv6))).toMatchObject({ code: 'usage', field: 'mtu' }),
  )
})

describe('what is in use on a host', () => {
  const route = (to: string, on: string, change: Partial<Route> = {}): Route => ({
    family: to.includes(':') ? 6 : 4,
    to,
    via: null,
    link: on,
    metric: null,
    table: 'main',
    protocol: 'kernel',
    ...change,
  })
  const address = (ip: string, prefix: number) =>
    ({ family: ip.includes(':') ? 6 : 4, ip, prefix, origin: 'static' }) as const
  const surroundings = world({
    host: {
      ...world().host,
      links: [
        link('enp3s0', {
          addresses: [address('10.77.0.5', 24), { ...address('fe80::1', 64), origin: 'link-local' }],
        }),
        link('docker0', { kind: 'bridge', addresses: [address('172.17.0.1', 16)] }),
        link('wg0', { kind: 'tunnel' }),
        link('virbr0', { kind: 'bridge', addresses: [address('192.168.122.1', 24)] }),
      ],
      routes: [
        route('default', 'enp3s0', { via: '10.77.0.1' }),
        route('0.0.0.0/1', 'wg0'),
        route('2000::/3', 'wg0'),
        route('10.8.0.0/16', 'wg0', { table: '51820' }),
        route('10.40.0.7', 'wg0'),
        route('192.168.200.0/24', 'enp3s0', { via: '10.77.0.2' }),
        route('fe80::/64', 'enp3s0'),
        route('192.168.122.0/24', 'virbr0'),
      ],
      dns: { servers: ['10.64.0.1'], search: [] },
    },
    networks: [
      network('default', {
        subnets: [{ family: 4, address: '192.168.122.1', prefix: 24, dhcp: null, reservations: [] }],
      }),
      network('quiet', {
        active: false,
        bridge: 'virbr1',
        subnets: [{ family: 6, address: 'fd55::1', prefix: 64, dhcp: null, reservations: [] }],
      }),
    ],
  })
  const by = (text: string, except: string | null = null) =>
    conflictOf(cidr(text), claimsOf(surroundings, except))?.by ?? null

  it.each([
    ['10.77.0.128/25', 'enp3s0'],
    ['172.17.4.0/24', 'Docker (docker0)'],
    ['10.8.4.0/24', 'a VPN (wg0)'],
    ['10.40.0.0/24', 'a VPN (wg0)'],
    ['192.168.200.0/25', 'a route by 10.77.0.2 on enp3s0'],
    ['10.64.0.0/24', 'the name server 10.64.0.1'],
    ['192.168.0.0/16', 'the network default'],
    ['fd55::/48', 'the network quiet, which is stopped'],
    ['fe80::/64', null],
    ['2001:db8::/64', null],
    ['10.200.0.0/24', null],
  ])('%s: %s', (text, expected) => expect(by(text)).toEqual(expected))

  it('is not the network itself that is changed', () => {
    expect(by('192.168.122.0/24', 'default')).toBeNull()
    expect(english(by('fd55::/64', 'default') ?? '')).toContain('quiet')
  })

  it('includes the bridges of stopped networks', () => {
    expect(freeBridgeName(surroundings)).toBe('virbr2')
  })
})
