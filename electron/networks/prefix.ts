import ipaddr from 'ipaddr.js'

export interface PrefixSource {
  family: 4 | 6
  address: string
  prefix: string | null
  netmask: string | null
}

/**
 * The prefix length of a network's `<ip>`: as written, from the netmask, or libvirt's default,
 * which is 64 for IPv6 and the old address class for IPv4 (libvirt src/util/virsocketaddr.c, virSocketAddrGetIPPrefix).
 */
export function prefixOf({ family, address, prefix, netmask }: PrefixSource): number {
  // A prefix of 0 says nothing, as far as libvirt is concerned.
  const written = Number(prefix ?? 0)
  if (Number.isInteger(written) && written > 0 && written <= (family === 6 ? 128 : 32)) return written
  const fromMask =
    netmask !== null && ipaddr.isValid(netmask) ? ipaddr.parse(netmask).prefixLengthFromSubnetMask() : null
  if (fromMask !== null) return fromMask
  return family === 6 ? 64 : classPrefix(address)
}

function classPrefix(address: string): number {
  const first = Number(address.split('.')[0])
  if (first < 128) return 8
  if (first < 192) return 16
  return 24
}
