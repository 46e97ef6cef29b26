import ipaddr from 'ipaddr.js'

/** The lower 64 bits of an IPv6 address, written as an address: `fd77::a:b:c:d` → `::a:b:c:d`. */
export function interfaceIdOf(ip: string): string {
  return new ipaddr.IPv6([0, 0, 0, 0, ...ipaddr.IPv6.parse(ip).parts.slice(4)]).toString()
}

/** Whether an address was made from a MAC address: "modified EUI-64", RFC 4291 appendix A. */
export function isEui64(ip: string, mac: string): boolean {
  const bytes = mac.split(':').map((byte) => parseInt(byte, 16))
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = bytes
  const parts = [((a ^ 2) << 8) | b, (c << 8) | 0xff, 0xfe00 | d, (e << 8) | f]
  return ipaddr.IPv6.parse(ip).parts.slice(4).join() === parts.join()
}
