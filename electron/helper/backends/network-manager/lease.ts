import ipaddr from 'ipaddr.js'
import { type Variant, variant } from '../../../system/dbus-values'
import type { HostFacts } from '../../../host/facts'
import type { NmSettings } from '../../../host/managers/network-manager/facts'
import type { Lease } from '../../change/change'
import { dataOf, deviceOf, textSetting } from '../../../host/managers/network-manager/profiles'
import { managersDefault } from '../../../host/routes'
import { ipSettings } from './addresses'

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

/** Settings with which a link waits for DHCP as long as it takes, and keeps its name servers meanwhile. */
export function askingOn(settings: NmSettings, lease: Lease): Record<'ipv4' | 'ipv6', Group> {
  const stated = addedTo(settings, 'ipv6', 'dns')
  const servers6 = lease.dns.filter((server) => server.includes(':')).map((server) => ipaddr.parse(server))
  const dns6 = variant('aay', [...stated, ...servers6.map((server) => Buffer.from(server.toByteArray()))])
  return {
    ipv4: {
      ...ipSettings(settings, 'ipv4'),
      'dhcp-timeout': variant('i', FOR_EVER),
      ...nameServers(settings, lease),
    },
    ipv6: { ...ipSettings(settings, 'ipv6'), ...(servers6.length > 0 && { dns: dns6 }) },
  }
}

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
    ...nameServers(settings, lease),
  }
}

const nameServers = (settings: NmSettings, lease: Lease): Group =>
  settings.ipv4?.['ignore-auto-dns']?.value === true ? {} : leasedDns(settings, lease)

function leasedDns(settings: NmSettings, { dns, search }: Lease): Group {
  const servers = dns.filter((server) => !server.includes(':'))
  return {
    dns: variant('au', [...addedTo(settings, 'ipv4', 'dns'), ...servers.map(networkOrder)]),
    'dns-search': variant('as', [...addedTo(settings, 'ipv4', 'dns-search'), ...search]),
  }
}

/** The list that a profile has stated itself. */
function addedTo(settings: NmSettings, family: 'ipv4' | 'ipv6', key: string): unknown[] {
  const value: unknown = settings[family]?.[key]?.value
  return Array.isArray(value) ? value : []
}

/** An IPv4 address as the number that has its bytes in network order on this machine: `ipv4.dns` wants it so. */
function networkOrder(ip: string): number {
  const bytes = Uint8Array.from(ip.split('.').map(Number))
  return new Uint32Array(bytes.buffer)[0] ?? 0
}
