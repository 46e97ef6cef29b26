import { type Variant, variant } from '../../../host/dbus-values'
import type { HostFacts } from '../../../host/facts'
import type { NmSettings } from '../../../host/network-manager'
import type { Lease } from '../../change'
import { dataOf, deviceOf, textSetting } from '../../../host/profiles'
import { managersDefault } from '../../../host/routes'

type Group = Readonly<Record<string, Variant>>

/** What a router gave a link by DHCP; null when it has no leased address. */
export function leaseOf(facts: HostFacts, nic: string): Lease | null {
  const link = facts.host.links.find(({ name }) => name === nic)
  const addresses = link?.addresses.filter(({ family, origin }) => family === 4 && origin === 'dynamic') ?? []
  if (addresses.length === 0) return null
  const options = deviceOf(facts, nic)?.dhcp4 ?? {}
  const route = managersDefault(facts.host.routes, nic, 4)
  return {
    addresses: addresses.map(({ ip, prefix }) => ({ ip, prefix })),
    gateway: route?.via ?? null,
    dns: words(options.domain_name_servers),
    search: words(options.domain_search ?? options.domain_name),
  }
}

const words = (text = ''): string[] => text.split(/\s+/).filter((word) => word !== '')

/** NetworkManager's way to say "wait for DHCP for ever" (G_MAXINT32). */
const FOR_EVER = 2 ** 31 - 1

/** `ipv4` keys that add a lease to what `settings` has fixed, and let DHCP go on for ever. */
export function fixedTwin(settings: NmSettings, lease: Lease): Group {
  const stated = dataOf(settings, 'ipv4', 'address-data').map(({ address, prefix }) => ({
    address: variant('s', address),
    prefix: variant('u', prefix),
  }))
  const copies = lease.addresses.map(({ ip, prefix }) => ({
    address: variant('s', ip),
    prefix: variant('u', prefix),
  }))
  const ownGateway = textSetting(settings, 'ipv4', 'gateway')
  return {
    'address-data': variant('aa{sv}', [...stated, ...copies]),
    ...(ownGateway === undefined && lease.gateway !== null && { gateway: variant('s', lease.gateway) }),
    'dhcp-timeout': variant('i', FOR_EVER),
    ...(settings.ipv4?.['ignore-auto-dns']?.value !== true && leasedDns(settings, lease)),
  }
}

function leasedDns(settings: NmSettings, { dns, search }: Lease): Group {
  const listed = (key: string): unknown[] => {
    const value: unknown = settings.ipv4?.[key]?.value
    return Array.isArray(value) ? value : []
  }
  return {
    dns: variant('au', [...listed('dns'), ...dns.map(networkOrder)]),
    'dns-search': variant('as', [...listed('dns-search'), ...search]),
  }
}

/** An IPv4 address as the number that has its bytes in network order on this machine: `ipv4.dns` wants it so. */
function networkOrder(ip: string): number {
  const bytes = Uint8Array.from(ip.split('.').map(Number))
  return new Uint32Array(bytes.buffer)[0] ?? 0
}
