import type { Lease } from '../../change'

/** A lease as networkd writes it down (`ADDRESS`, `NETMASK`, `ROUTER`, `DNS`, `DOMAINNAME`); null without an address. */
export function leaseFrom(keys: Readonly<Record<string, string>> | null): Lease | null {
  const ip = keys?.ADDRESS
  if (keys === null || ip === undefined) return null
  return {
    addresses: [{ ip, prefix: prefixOf(keys.NETMASK ?? '255.255.255.0') }],
    gateway: words(keys.ROUTER)[0] ?? null,
    dns: words(keys.DNS),
    search: [...words(keys.DOMAINNAME), ...words(keys.DOMAIN_SEARCH_LIST)],
  }
}

const words = (text = ''): string[] => text.split(/\s+/).filter((word) => word !== '')

/** The number of leading ones of a netmask. */
const prefixOf = (netmask: string): number =>
  netmask
    .split('.')
    .map((byte) => Number(byte).toString(2).replaceAll('0', '').length)
    .reduce((sum, ones) => sum + ones, 0)
