import type { LibvirtNetwork, NetworkKind, Subnet } from '../../shared/world'
import { at, attribute, childrenOf, parseXml, textAt, type XmlElement } from '../libvirt/xml'
import { prefixOf } from './prefix'

/** What a network's XML says: everything but its state. */
export type NetworkDefinition = Pick<
  LibvirtNetwork,
  'name' | 'uuid' | 'kind' | 'bridge' | 'links' | 'subnets'
>

/**
 * Reads `<network>` XML (https://libvirt.org/formatnetwork.html).
 * @throws PatchbayError `protocol` when it is no network.
 */
export function parseNetwork(xml: string): NetworkDefinition {
  const network = parseXml(xml, 'network')
  const bridge = attribute(at(network, 'bridge'), 'name')
  const subnets = childrenOf(network, 'ip').flatMap(subnetOf)
  return {
    // As it is written: libvirt takes spaces around a name for a part of it.
    name: at(network, 'name')?.text ?? '',
    uuid: textAt(network, 'uuid') ?? '',
    kind: kindOf({ forward: forwardMode(network), bridge, addressed: subnets.length > 0 }),
    bridge,
    links: linksOf(network),
    subnets,
  }
}

export interface NetworkTraits {
  /** The mode of `<forward>`, null without one. */
  forward: string | null
  /** The name in `<bridge>`. */
  bridge: string | null
  /** Whether the host has an address on it. */
  addressed: boolean
}

/** The kind of a network; see the table "The networks" in the README. */
export function kindOf({ forward, bridge, addressed }: NetworkTraits): NetworkKind {
  switch (forward) {
    case null:
    case 'none':
      return addressed ? 'isolated' : 'very-isolated'
    case 'nat':
      return 'nat'
    case 'route':
      return 'routed'
    case 'open':
      return 'open'
    case 'bridge':
      // With a bridge named, machines become its ports; with host links instead, they sit on them by macvtap.
      return bridge === null ? 'macvtap' : 'bridged'
    case 'vepa':
    case 'private':
    case 'passthrough':
      return 'macvtap'
    default:
      return 'other'
  }
}

function forwardMode(network: XmlElement): string | null {
  const forward = at(network, 'forward')
  // A <forward> without a mode is NAT.
  return forward && (attribute(forward, 'mode') ?? 'nat')
}

/** Host links that the network goes through: `<forward dev>`, and the pool of a macvtap network. */
function linksOf(network: XmlElement): string[] {
  const forward = at(network, 'forward')
  if (!forward) return []
  const pool = [...childrenOf(forward, 'interface'), ...childrenOf(forward, 'pf')]
  const links = [forward, ...pool].map((element) => attribute(element, 'dev'))
  return [...new Set(links.filter((link) => link !== null))]
}

function subnetOf(ip: XmlElement): Subnet[] {
  const address = attribute(ip, 'address')
  if (address === null) return []
  const family = attribute(ip, 'family') === 'ipv6' ? 6 : 4
  const prefix = prefixOf({
    family,
    address,
    prefix: attribute(ip, 'prefix'),
    netmask: attribute(ip, 'netmask'),
  })
  return [{ family, address, prefix, dhcp: rangeOf(ip) }]
}

function rangeOf(ip: XmlElement): Subnet['dhcp'] {
  const dhcp = at(ip, 'dhcp')
  const ranges = dhcp ? childrenOf(dhcp, 'range') : []
  const start = attribute(ranges.at(0) ?? null, 'start')
  const end = attribute(ranges.at(-1) ?? null, 'end')
  return start === null || end === null ? null : { start, end }
}
