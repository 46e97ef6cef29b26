import type { Lease } from '../../change'

type Keys = Readonly<Record<string, string>>

/**
 * A lease as networkd writes it down (`ADDRESS`, `NETMASK`, `ROUTER`, `DNS`, `DOMAINNAME`), with those of its name servers and
 * domains that the link has by its `state` (`DNS`, `DOMAINS`): whether they are used is a setting. Null without an address.
 */
export function leaseFrom(keys: Keys | null, state: Keys): Lease | null {
  const ip = keys?.ADDRESS
  if (keys === null || ip === undefined) return null
  return {
    addresses: [{ ip, prefix: prefixOf(keys.NETMASK ?? '255.255.255.0') }],
    gateway: words(keys.ROUTER)[0] ?? null,
    dns: words(keys.DNS).filter((server) => words(state.DNS).includes(server)),
    search: [...words(keys.DOMAINNAME), ...words(keys.DOMAIN_SEARCH_LIST)].filter((domain) =>
      words(state.DOMAINS).includes(domain),
    ),
  }
}

const words = (text = ''): string[] => text.split(/\s+/).filter((word) => word !== '')

/** The number of leading ones of a netmask. */
const prefixOf = (netmask: string): number =>
  netmask
    .split('.')
    .map((byte) => Number(byte).toString(2).replaceAll('0', '').length)
    .reduce((sum, ones) => sum + ones, 0)
