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
import { say, type Text } from '../../shared/phrases/phrase'

/** What people may write for a subnet, a DHCP range, an IPv6 prefix and an MTU, checked. All of it pure. */

/** A subnet with the host's own address in it. */
export interface HostSubnet {
  cidr: Cidr
  host: Ip
}

const SUBNET_HINT = say('write-like-192-168-150')

/** Address ranges that no network of one's own can have, and what they are for (RFC 6890). */
const RESERVED: readonly (readonly [string, Text])[] = [
  ['0.0.0.0/8', say('this-host')],
  ['127.0.0.0/8', say('the-loopback')],
  ['169.254.0.0/16', say('addresses-hosts-give-themselves')],
  ['224.0.0.0/4', 'multicast'],
  ['240.0.0.0/4', say('nobody-yet')],
]

/** Reads an IPv4 subnet and refuses one that is in use. @throws PatchbayError `usage`, `refused` at `subnet` */
export function readSubnet(text: string | null, claims: readonly Claim[]): HostSubnet {
  if (text === null) return proposedSubnet(claims)
  const cidr = parseCidr(text)
  if (cidr?.family !== 4) throw wrong('subnet', say('no-ipv4-subnet', { text }), SUBNET_HINT)
  if (cidr.prefix < 8 || cidr.prefix > 30) {
    throw wrong('subnet', say('subnet-with-prefix-no-room', { prefix: cidr.prefix }), SUBNET_HINT)
  }
  for (const [range, purpose] of RESERVED) {
    const reserved = parseCidr(range)
    if (reserved && contains(reserved, cidr)) {
      throw wrong('subnet', say('reserved-for', { cidr: formatCidr(cidr), purpose }), SUBNET_HINT)
    }
  }
  const named = sameIp(cidr, firstOf(cidr))
  if (!named && !isHostIn(cidr, cidr)) {
    throw wrong(
      'subnet',
      say('broadcast-address', { ip: formatIp(cidr), cidr: formatCidr(cidr) }),
      SUBNET_HINT,
    )
  }
  refuseTaken('subnet', cidr, claims, freeSubnet(claims))
  return { cidr, host: named ? shift(firstOf(cidr), 1) : { family: 4, value: cidr.value } }
}

function proposedSubnet(claims: readonly Claim[]): HostSubnet {
  const cidr = freeSubnet(claims)
  if (cidr !== null) return { cidr, host: shift(firstOf(cidr), 1) }
  throw refused('subnet', say('every-private-subnet-patchbay-proposes'), say('name-yourself'))
}

function refuseTaken(field: string, cidr: Cidr, claims: readonly Claim[], free: Cidr | null): void {
  const conflict = conflictOf(cidr, claims)
  if (conflict === null) return
  throw refused(
    field,
    say('overlaps-with-uses', { cidr: formatCidr(cidr), other: formatCidr(conflict.cidr), by: conflict.by }),
    free === null ? say('choose-another') : say('free-for-instance', { free: formatCidr(free) }),
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
  const hint = say('write-first-last-for-instance', { example: rangeText(widestRange({ cidr, host })) })
  if (!start || !end || rest.length > 0) throw wrong('dhcp', say('no-range-addresses', { text }), hint)
  for (const ip of [start, end]) {
    if (!isHostIn(cidr, ip)) {
      throw wrong(
        'dhcp',
        say('no-machine-address-in-subnet', { ip: formatIp(ip), cidr: formatCidr(cidr) }),
        hint,
      )
    }
  }
  if (start.value > end.value) throw wrong('dhcp', say('ends-before-begins', { text }), hint)
  if (start.value <= host.value && host.value <= end.value) {
    throw wrong('dhcp', say('host-own-address-lies', { host: formatIp(host), text }), hint)
  }
  if (end.value - start.value >= LONGEST_RANGE) {
    throw wrong('dhcp', say('no-more-addresses', { most: Number(LONGEST_RANGE) }), hint)
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

const IPV6_HINT = say('use-auto-for-private-subnet')

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
    throw refused('ipv6', say('all-private-ipv6-addresses'), say('name-64-yourself'))
  }
  const cidr = parseCidr(text)
  if (cidr?.family !== 6) throw wrong('ipv6', say('no-ipv6-subnet', { text }), IPV6_HINT)
  if (cidr.prefix !== 64) {
    throw wrong('ipv6', say('machines-make-own-addresses-out'), IPV6_HINT)
  }
  if (!isUnicast(cidr)) {
    throw wrong('ipv6', say('neither-private-nor-global-subnet', { cidr: formatCidr(cidr) }), IPV6_HINT)
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
  throw wrong(
    'mtu',
    say('cannot-mtu', { text }),
    say(ipv6 ? 'mtu-range-ipv6' : 'mtu-range', { least, most: MTU.most }),
  )
}
