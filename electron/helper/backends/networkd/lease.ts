import type { Lease } from '../../change/change'

type Keys = Readonly<Record<string, string>>

/**
 * A lease as networkd writes it down (`ADDRESS`, `NETMASK`, `ROUTER`), with the name servers and domains that the link has by its
 * `state` (`DNS`, `DOMAINS`, `ROUTE_DOMAINS`), whoever gave them: what is stated of a link beside its configuration stands for
 * all of that (resolvectl(1)). Null without an address. Pure.
 */
export function leaseFrom(keys: Keys | null, state: Keys): Lease | null {
  const ip = keys?.ADDRESS
  if (keys === null || ip === undefined) return null
  return {
    addresses: [{ ip, prefix: prefixOf(keys.NETMASK ?? '255.255.255.0') }],
    gateway: words(keys.ROUTER)[0] ?? null,
    // A link-local one is named with its link, which changes.
    dns: words(state.DNS).map((server) => server.replace(/%.*$/, '')),
    search: [...words(state.DOMAINS), ...words(state.ROUTE_DOMAINS).map((domain) => `~${domain}`)],
  }
}

const words = (text = ''): string[] => text.split(/\s+/).filter((word) => word !== '')

/** The number of leading ones of a netmask. */
const prefixOf = (netmask: string): number =>
  netmask
    .split('.')
    .map((byte) => Number(byte).toString(2).replaceAll('0', '').length)
    .reduce((sum, ones) => sum + ones, 0)
