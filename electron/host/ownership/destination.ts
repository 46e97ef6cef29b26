import ipaddr from 'ipaddr.js'

/** A network in one spelling, as `ADDRESS/PREFIX` without host bits; null for what is none. */
export function networkFrom(text: string): string | null {
  const [address = '', length] = text.split('/')
  const version = versionOf(address)
  if (version === null) return null
  const prefix = length === undefined ? (version === 4 ? 32 : 128) : Number(length)
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > (version === 4 ? 32 : 128)) return null
  const cidr = `${address}/${prefix}`
  const network =
    version === 4
      ? ipaddr.IPv4.networkAddressFromCIDR(cidr).toString()
      : ipaddr.IPv6.networkAddressFromCIDR(cidr).toRFC5952String()
  return `${network}/${prefix}`
}

/** Where a route leads, in the same spelling: `default` is the network of all addresses. */
export function networkOf({ family, to }: { family: 4 | 6; to: string }): string {
  if (to === 'default') return family === 4 ? '0.0.0.0/0' : '::/0'
  return networkFrom(to) ?? to
}

/** Whether an address lies in a network. */
export function isWithin(ip: string, network: string): boolean {
  const [base = '', prefix = ''] = network.split('/')
  const version = versionOf(ip)
  if (version === null || version !== versionOf(base)) return false
  return networkFrom(`${ip}/${prefix}`) === network
}

/** Shorter spellings of IPv4, which are taken for numbers elsewhere, are none here. */
function versionOf(address: string): 4 | 6 | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(address)) return 4
  return ipaddr.IPv6.isValid(address) ? 6 : null
}
