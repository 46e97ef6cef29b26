import type { AddressRange } from '../../shared/world/world'
import {
  contains,
  firstOf,
  formatCidr,
  formatIp,
  isHostIn,
  lastOf,
  parseCidr,
  parseIp,
  sameIp,
  shift,
  type Cidr,
  type Ip,
} from './cidr'
import { conflictOf, type Claim } from './claims'
import { refused, wrong } from './names'
import { freeSubnet, freeUla } from './propose'
import type { HostAddress } from './spec'

/** What people may write for a subnet, a DHCP range, an IPv6 prefix and an MTU, checked. All of it pure. */

/** A subnet with the host's own address in it. */
export interface HostSubnet {
  cidr: Cidr
  host: Ip
}

const SUBNET_HINT = 'Write it like 192.168.150.0/24, with a prefix from 8 to 30; leave it out for a free one.'

/** Address ranges that no network of one's own can have, and what they are for (RFC 6890). */
const RESERVED: readonly (readonly [string, string])[] = [
  ['0.0.0.0/8', 'this host'],
  ['127.0.0.0/8', 'the loopback'],
  ['169.254.0.0/16', 'addresses that hosts give themselves'],
  ['224.0.0.0/4', 'multicast'],
  ['240.0.0.0/4', 'nobody yet'],
]

/** Reads an IPv4 subnet and refuses one that is in use. @throws PatchbayError `usage`, `refused` at `subnet` */
export function readSubnet(text: string | null, claims: readonly Claim[]): HostSubnet {
  if (text === null) return proposedSubnet(claims)
  const cidr = parseCidr(text)
  if (cidr?.family !== 4) throw wrong('subnet', `“${text}” is no IPv4 subnet.`, SUBNET_HINT)
  if (cidr.prefix < 8 || cidr.prefix > 30) {
    throw wrong('subnet', `A subnet with the prefix /${cidr.prefix} has no room for a network.`, SUBNET_HINT)
  }
  for (const [range, purpose] of RESERVED) {
    const reserved = parseCidr(range)
    if (reserved && contains(reserved, cidr)) {
      throw wrong('subnet', `${formatCidr(cidr)} is reserved for ${purpose}.`, SUBNET_HINT)
    }
  }
  const named = sameIp(cidr, firstOf(cidr))
  if (!named && !isHostIn(cidr, cidr)) {
    throw wrong('subnet', `${formatIp(cidr)} is the broadcast address of ${formatCidr(cidr)}.`, SUBNET_HINT)
  }
  refuseTaken('subnet', cidr, claims, freeSubnet(claims))
  return { cidr, host: named ? shift(firstOf(cidr), 1) : { family: 4, value: cidr.value } }
}

function proposedSubnet(claims: readonly Claim[]): HostSubnet {
  const cidr = freeSubnet(claims)
  if (cidr !== null) return { cidr, host: shift(firstOf(cidr), 1) }
  throw refused('subnet', 'Every private subnet that Patchbay proposes is in use here.', 'Name one yourself.')
}

function refuseTaken(field: string, cidr: Cidr, claims: readonly Claim[], free: Cidr | null): void {
  const conflict = conflictOf(cidr, claims)
  if (conflict === null) return
  throw refused(
    field,
    `${formatCidr(cidr)} overlaps with ${formatCidr(conflict.cidr)}, which ${conflict.by} uses.`,
    free === null ? 'Choose another one.' : `Free is for instance ${formatCidr(free)}.`,
  )
}

/** libvirt takes no longer ranges (src/util/virsocketaddr.c, virSocketAddrGetRange). */
const LONGEST_RANGE = 65_535n

/** Reads a DHCP range; null when DHCP is off. @throws PatchbayError `usage` at `dhcp` */
export function readRange(text: string | null, { cidr, host }: HostSubnet): AddressRange | null {
  if (text === 'off') return null
  if (text === null) return widestRange({ cidr, host })
  const ends = text.split('-').map((part) => parseIp(part.trim()))
  const [start, end, ...rest] = ends
  const hint = `Write it as FIRST-LAST, for instance ${rangeText(widestRange({ cidr, host }))}, or “off”.`
  if (!start || !end || rest.length > 0) throw wrong('dhcp', `“${text}” is no range of addresses.`, hint)
  for (const ip of [start, end]) {
    if (!isHostIn(cidr, ip)) {
      throw wrong('dhcp', `${formatIp(ip)} is no machine’s address in the subnet ${formatCidr(cidr)}.`, hint)
    }
  }
  if (start.value > end.value) throw wrong('dhcp', `${text} ends before it begins.`, hint)
  if (start.value <= host.value && host.value <= end.value) {
    throw wrong('dhcp', `${formatIp(host)}, the host’s own address, lies in the range ${text}.`, hint)
  }
  if (end.value - start.value >= LONGEST_RANGE) {
    throw wrong('dhcp', `libvirt gives out no more than ${LONGEST_RANGE} addresses.`, hint)
  }
  return { start: formatIp(start), end: formatIp(end) }
}

export const rangeText = (range: AddressRange | null): string =>
  range === null ? 'off' : `${range.start}-${range.end}`

/** All of the subnet on the longer side of the host's own address. */
export function widestRange({ cidr, host }: HostSubnet): AddressRange | null {
  const first = firstOf(cidr).value + 1n
  const last = lastOf(cidr).value - 1n
  const above = last - host.value >= host.value - first
  const [start, end] = above ? [host.value + 1n, last] : [first, host.value - 1n]
  if (start > end) return null
  const limited = end - start >= LONGEST_RANGE ? start + LONGEST_RANGE - 1n : end
  return { start: formatIp({ family: 4, value: start }), end: formatIp({ family: 4, value: limited }) }
}

const IPV6_HINT = 'Use “auto” for a private subnet of your own, or a /64 like fd12:3456:789a::/64.'

/** Reads an IPv6 subnet; null when there is to be none. @throws PatchbayError `usage`, `refused` at `ipv6` */
export function readIpv6(
  text: string | null,
  claims: readonly Claim[],
  random: () => bigint,
): HostAddress | null {
  if (text === null || text === 'off') return null
  const free = freeUla(claims, random)
  if (text === 'auto') {
    if (free !== null) return { address: formatIp(shift(firstOf(free), 1)), prefix: 64 }
    throw refused('ipv6', 'All private IPv6 addresses are in use here.', 'Name a /64 yourself.')
  }
  const cidr = parseCidr(text)
  if (cidr?.family !== 6) throw wrong('ipv6', `“${text}” is no IPv6 subnet.`, IPV6_HINT)
  if (cidr.prefix !== 64) {
    throw wrong('ipv6', 'Machines make their own addresses out of a /64 only.', IPV6_HINT)
  }
  if (!isUnicast(cidr)) {
    throw wrong('ipv6', `${formatCidr(cidr)} is neither a private nor a global subnet.`, IPV6_HINT)
  }
  refuseTaken('ipv6', cidr, claims, free)
  const host = sameIp(cidr, firstOf(cidr)) ? shift(firstOf(cidr), 1) : cidr
  return { address: formatIp(host), prefix: 64 }
}

/** fc00::/7 and 2000::/3 (RFC 4193, RFC 4291). */
const isUnicast = ({ value }: Cidr): boolean => value >> 121n === 0xfcn >> 1n || value >> 125n === 1n

/** IPv4 needs 68 bytes and IPv6 1280 (RFC 791, RFC 8200); more than 65535 no link takes. */
const MTU = { least: 68, leastIpv6: 1280, most: 65_535 } as const

/** Reads an MTU; null for the usual one. @throws PatchbayError `usage` at `mtu` */
export function readMtu(text: string | null, ipv6: boolean): number | null {
  if (text === null || text === 'off') return null
  const least = ipv6 ? MTU.leastIpv6 : MTU.least
  const mtu = /^\d+$/.test(text) ? Number(text) : NaN
  if (mtu >= least && mtu <= MTU.most) return mtu
  const why = ipv6 ? ', since it carries IPv6' : ''
  throw wrong('mtu', `“${text}” can’t be the MTU.`, `Use a number from ${least} to ${MTU.most}${why}.`)
}
