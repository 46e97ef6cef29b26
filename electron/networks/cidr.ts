import ipaddr from 'ipaddr.js'

/** Address arithmetic for both families. An address is a number here, so that ranges compare and count. */
export type Family = 4 | 6

export interface Ip {
  family: Family
  value: bigint
}

/** All addresses that share the first `prefix` bits of `value`. */
export interface Cidr extends Ip {
  prefix: number
}

const bitsOf = (family: Family): number => (family === 4 ? 32 : 128)

/** Reads an address as people write it; null for anything else, also for a zone (`fe80::1%eth0`). */
export function parseIp(text: string): Ip | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return toIp(ipaddr.IPv4.parse(text))
  if (!ipaddr.IPv6.isValid(text) || text.includes('%') || !text.includes(':')) return null
  return toIp(ipaddr.IPv6.parse(text))
}

const toIp = (address: ipaddr.IPv4 | ipaddr.IPv6): Ip => ({
  family: address.kind() === 'ipv4' ? 4 : 6,
  value: address.toByteArray().reduce((value, byte) => (value << 8n) | BigInt(byte), 0n),
})

/** Reads `ADDRESS/PREFIX`; the address may have a host part. */
export function parseCidr(text: string): Cidr | null {
  const [address = '', length, ...rest] = text.split('/')
  const ip = parseIp(address)
  if (ip === null || length === undefined || rest.length > 0 || !/^\d{1,3}$/.test(length)) return null
  const prefix = Number(length)
  return prefix <= bitsOf(ip.family) ? { ...ip, prefix } : null
}

/** The shortest usual form: `10.0.0.1`, `fd00::1`. */
export function formatIp({ family, value }: Ip): string {
  const bytes = Array.from({ length: bitsOf(family) / 8 }, (_, index) => {
    const shift = BigInt(bitsOf(family) - 8 * (index + 1))
    return Number((value >> shift) & 0xffn)
  })
  return ipaddr.fromByteArray(bytes).toString()
}

/** `10.0.0.0/24`, without the host part. */
export const formatCidr = (cidr: Cidr): string => `${formatIp(firstOf(cidr))}/${cidr.prefix}`

const sizeOf = ({ family, prefix }: Cidr): bigint => 1n << BigInt(bitsOf(family) - prefix)

/** The first address, which names the subnet and belongs to nobody. */
export const firstOf = (cidr: Cidr): Ip => ({
  family: cidr.family,
  value: cidr.value - (cidr.value % sizeOf(cidr)),
})

/** The last address, which is the broadcast address of an IPv4 subnet. */
export const lastOf = (cidr: Cidr): Ip => ({
  family: cidr.family,
  value: firstOf(cidr).value + sizeOf(cidr) - 1n,
})

export const shift = ({ family, value }: Ip, by: number | bigint): Ip => ({
  family,
  value: value + BigInt(by),
})

export const contains = (cidr: Cidr, ip: Ip): boolean =>
  ip.family === cidr.family && firstOf(cidr).value <= ip.value && ip.value <= lastOf(cidr).value

export const overlaps = (a: Cidr, b: Cidr): boolean => contains(a, firstOf(b)) || contains(b, firstOf(a))

/** Whether a machine can have this address there: in the subnet, and neither its first nor its last. */
export const isHostIn = (cidr: Cidr, ip: Ip): boolean =>
  contains(cidr, ip) && ip.value !== firstOf(cidr).value && ip.value !== lastOf(cidr).value

export const sameIp = (a: Ip, b: Ip): boolean => a.family === b.family && a.value === b.value
