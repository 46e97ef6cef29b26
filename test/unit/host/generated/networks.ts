import fc from 'fast-check'
import type { Address, Link, Route } from '../../../../shared/world/host'
import { aLink, MAC } from '../a-host'

/** What somebody wants of a link, however their network manager spells it. */
export interface Network {
  fixed: readonly Fixed[]
  routes: readonly Wanted[]
  dns: readonly string[]
  search: readonly string[]
  /** An address by DHCP. */
  leased: boolean
  /** An address by a router's word. */
  advertised: boolean
  mtu: number
}

export interface Fixed {
  family: 4 | 6
  ip: string
  prefix: number
}

export interface Wanted {
  family: 4 | 6
  to: string
  via: string
  metric: number | null
  table: string
}

/** The IPv6 address that a router's word and the MAC address make. */
export const ADVERTISED = 'fd77::70:62ff:fe00:3'
export const LEASED = '10.77.0.123'

const byte = fc.integer({ min: 0, max: 255 })

/** Each in a subnet of its own, whose first address is a gateway's. */
const anyFixed: fc.Arbitrary<Fixed & { gateway: string }> = fc
  .tuple(fc.constantFrom(4 as const, 6 as const), fc.nat(76), byte, fc.integer({ min: 2, max: 14 }))
  .chain(([family, a, b, last]) => {
    const start = family === 4 ? `10.${a}.${b}.` : `fd${a.toString(16).padStart(2, '0')}:${b.toString(16)}::`
    const ip = `${start}${family === 4 ? last : last.toString(16)}`
    const prefixes = family === 4 ? [16, 24, 28] : [48, 64, 126].slice(0, last < 4 ? 3 : 2)
    return fc
      .constantFrom(...prefixes)
      .map((prefix) => ({ family, ip, prefix, gateway: `${start}1` }) as const)
  })

const anyRoute = (gateways: readonly Fixed[]): fc.Arbitrary<Wanted[]> => {
  if (gateways.length === 0) return fc.constant([])
  const one = fc
    .tuple(fc.constantFrom(...gateways), fc.option(byte, { nil: null, freq: 2 }), byte)
    .chain(([{ family, ip }, wide, metric]) =>
      fc.record({
        family: fc.constant(family),
        to: fc.constant(
          wide === null ? 'default' : family === 4 ? `172.16.${wide}.0/24` : `2001:db8:${wide}::/48`,
        ),
        via: fc.constant(ip),
        metric: fc.constantFrom(null, metric + 1),
        table: fc.constantFrom('main', 'main', '100', '203'),
      }),
    )
  const key = ({ family, to, metric, table }: Wanted): string => [family, to, metric, table].join(' ')
  return fc.uniqueArray(one, { selector: key, maxLength: 5 })
}

/** Two bytes, so that no network overlaps another, whatever the prefix; nor the router's, which has a greater one. */
const subnetOf = ({ ip }: Fixed): string => ip.replace(/^(10\.\d+|fd..).*$/, '$1')

/** Networks of every size; an empty one too. */
export const anyNetwork: fc.Arbitrary<Network> = fc
  .uniqueArray(anyFixed, { selector: subnetOf, maxLength: 4 })
  .chain((fixed) =>
    fc.record({
      fixed: fc.constant(fixed.map(({ family, ip, prefix }) => ({ family, ip, prefix }))),
      routes: anyRoute(fixed.map(({ family, prefix, gateway }) => ({ family, ip: gateway, prefix }))),
      dns: fc.uniqueArray(fc.constantFrom('9.9.9.9', '10.77.0.1', '2620:fe::fe', 'fd77::1'), {
        maxLength: 3,
      }),
      search: fc.uniqueArray(fc.constantFrom('lab.test', 'example.org', 'a.b.c'), { maxLength: 3 }),
      leased: fc.boolean(),
      advertised: fc.boolean(),
      mtu: fc.constantFrom(1500, 1500, 1400, 9000),
    }),
  )

/** Comparable, whatever the order. */
export const sorted = (values: readonly unknown[]): string[] => values.map(inOrder).sort()

const inOrder = (value: unknown): string =>
  typeof value === 'object' && value !== null
    ? JSON.stringify(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : JSON.stringify(value)

/** The addresses that the kernel shows on the link. */
export function addressesOf({ fixed, leased, advertised }: Network): Address[] {
  const dynamic: Address[] = [
    ...(leased ? [{ family: 4, ip: LEASED, prefix: 24, origin: 'dynamic' } as const] : []),
    ...(advertised ? [{ family: 6, ip: ADVERTISED, prefix: 64, origin: 'dynamic' } as const] : []),
  ]
  return [
    { family: 6, ip: 'fe80::70:62ff:fe00:3', prefix: 64, origin: 'link-local' },
    ...dynamic,
    ...fixed.map((address) => ({ ...address, origin: 'static' }) as const),
  ]
}

export const linkOf = (network: Network, name: string): Link =>
  aLink({ name, mac: MAC, mtu: network.mtu, addresses: addressesOf(network) })

/** The routes that the kernel shows, the leased default route among them. */
export function routesOf({ routes, leased }: Network, link: string): Route[] {
  const wanted = routes.map((route): Route => ({ ...route, link, protocol: 'static' }))
  const own = { family: 4, to: 'default', via: '10.77.0.1', link, metric: 300, table: 'main' } as const
  return leased ? [{ ...own, protocol: 'dhcp' }, ...wanted] : wanted
}
