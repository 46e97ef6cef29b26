import { createHash } from 'node:crypto'
import type { HostFacts } from '../facts'

/**
 * A hash over what a bridge from `nic` depends on: the NIC with its addresses, routes and rules, name servers,
 * what the NIC's manager has configured for it, and whatever has the bridge's name. The same facts give the same hash; a renewed lease, counters, a
 * starting machine or the order in which the kernel lists things don't change it. 64 hexadecimal digits.
 */
export function hostHash(facts: HostFacts, nic: string, bridge: string, managed: unknown): string {
  const { host } = facts
  const concerned = host.links.filter(
    ({ name, master, parent }) => [nic, bridge].includes(name) || master === nic || parent === nic,
  )
  const matter = {
    links: sorted(
      concerned.map(({ name, kind, mac, mtu, carrier, master, parent, addresses }) => ({
        ...{ name, kind, mac, mtu, carrier, master, parent },
        addresses: sorted(addresses.filter(({ origin }) => origin !== 'link-local')),
      })),
    ),
    routes: sorted(host.routes.filter(({ link, to }) => link === nic || link === bridge || to === 'default')),
    rules: [facts.rules.ipv4, facts.rules.ipv6],
    dns: host.dns,
    manager: facts.managers[nic] ?? 'unknown',
    managed,
  }
  return createHash('sha256').update(canonical(matter)).digest('hex')
}

function sorted(values: readonly unknown[]): string[] {
  return values.map(canonical).sort()
}

/** JSON with the keys of every object in order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) return item
    return Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}
