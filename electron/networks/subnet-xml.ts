import type { AddressRange, DnsHost, Reservation, Subnet } from '../../shared/world/world'
import { at, attribute, childrenOf, type XmlElement } from '../libvirt/xml'
import { prefixOf } from './prefix'

/** Reads an `<ip>` of a network; one without an address says nothing. */
export function subnetOf(ip: XmlElement): Subnet[] {
  const address = attribute(ip, 'address')
  if (address === null) return []
  const family = attribute(ip, 'family') === 'ipv6' ? 6 : 4
  const prefix = prefixOf({
    family,
    address,
    prefix: attribute(ip, 'prefix'),
    netmask: attribute(ip, 'netmask'),
  })
  return [{ family, address, prefix, ...rangesIn(ip), reservations: reservationsOf(ip) }]
}

function rangesIn(ip: XmlElement): Pick<Subnet, 'dhcp' | 'ranges'> {
  const dhcp = at(ip, 'dhcp')
  const ranges = (dhcp ? childrenOf(dhcp, 'range') : []).flatMap((range): AddressRange[] => {
    const [start, end] = [attribute(range, 'start'), attribute(range, 'end')]
    return start === null || end === null ? [] : [{ start, end }]
  })
  const [first, last] = [ranges.at(0), ranges.at(-1)]
  if (first === undefined || last === undefined) return { dhcp: null }
  return { dhcp: { start: first.start, end: last.end }, ...(ranges.length > 1 && { ranges }) }
}

function reservationsOf(ip: XmlElement): Reservation[] {
  const dhcp = at(ip, 'dhcp')
  return (dhcp ? childrenOf(dhcp, 'host') : []).flatMap((host) => {
    const address = attribute(host, 'ip')
    const mac = attribute(host, 'mac')?.toLowerCase() ?? null
    return address === null ? [] : [{ ip: address, mac, name: attribute(host, 'name') }]
  })
}

/** Reads the `<host>` records of a network's `<dns>`. */
export function dnsHostsOf(dns: XmlElement | null): DnsHost[] {
  return (dns ? childrenOf(dns, 'host') : []).flatMap((host) => {
    const ip = attribute(host, 'ip')
    const names = childrenOf(host, 'hostname').map(({ text }) => text.trim())
    return ip === null ? [] : [{ ip, names }]
  })
}
