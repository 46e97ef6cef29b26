import type { Address } from '../../../../shared/world/host'
import { interfaceIdOf } from '../../interface-id'
import type { NetworkdLink } from './facts'
import { type Section, settingOf } from './unit-text'

/** networkd makes an IAID of the link's name, and the settings in [DHCP] are older names of those in [DHCPv4]. */
const DHCP4 = ['DHCPv4', 'DHCP']

/**
 * Settings by which the bridge is the same client towards the router as the NIC was, where networkd would derive it from the
 * link's name. Pure; to be added to `sections`, which come from the NIC's own file.
 */
export function pins({ lease, dhcp6Iaid }: Identity, sections: readonly Section[]): Section[] {
  const stated = (names: readonly string[], key: string): string | undefined =>
    names.map((name) => settingOf(sections, name, key)).find((value) => value !== undefined && value !== '')
  const iaid4 = stated(DHCP4, 'ClientIdentifier') === 'duid-only' ? null : iaidOf(lease?.CLIENTID)
  // Once stated for DHCPv4, it holds for DHCPv6 as well, unless that has its own.
  const iaid6 = dhcp6Iaid ?? iaid4
  return [
    ...(iaid4 === null || stated(DHCP4, 'IAID') !== undefined ? [] : [iaidSection('DHCPv4', iaid4)]),
    ...(iaid6 === null || stated(['DHCPv6'], 'IAID') !== undefined ? [] : [iaidSection('DHCPv6', iaid6)]),
  ]
}

type Identity = Pick<NetworkdLink, 'lease' | 'dhcp6Iaid'>

const iaidSection = (name: string, iaid: number): Section => ({
  name,
  settings: [{ key: 'IAID', value: String(iaid) }],
})

/** A client's identifier as it was sent: `ff`, four bytes of IAID, the DUID (RFC 4361); others have no IAID. */
function iaidOf(clientId: string | undefined): number | null {
  const [, iaid] = /^ff([0-9a-f]{8})[0-9a-f]{4}/i.exec(clientId ?? '') ?? []
  return iaid === undefined ? null : parseInt(iaid, 16)
}

/**
 * `Token=prefixstable` makes an address of the link's name as well (RFC 7217), so the lower half of the NIC's present address is
 * stated instead; with several prefixes, of the first one. Without that setting, networkd uses the MAC address. Pure.
 */
export function withSameToken(sections: readonly Section[], addresses: readonly Address[]): Section[] {
  const made = addresses.find(
    ({ family, origin, prefix }) => family === 6 && origin === 'dynamic' && prefix === 64,
  )
  if (made === undefined) return [...sections]
  const token = `static:${interfaceIdOf(made.ip)}`
  return sections.map(({ name, settings }) => ({
    name,
    settings: settings.map(({ key, value }) =>
      isToken(name, key) && /^prefixstable(?::|$)/.test(value) ? { key, value: token } : { key, value },
    ),
  }))
}

const isToken = (section: string, key: string): boolean =>
  (section === 'IPv6AcceptRA' && key === 'Token') || (section === 'Network' && key === 'IPv6Token')
