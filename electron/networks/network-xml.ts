import {
  MACVTAP_MODES,
  type LibvirtNetwork,
  type MacvtapMode,
  type NetworkKind,
  type PortGroup,
} from '../../shared/world/world'
import { at, attribute, childrenOf, parseXml, textAt, type XmlElement } from '../libvirt/xml'
import { dnsHostsOf, subnetOf } from './subnet-xml'

/** What a network's XML says: everything but its state. */
export type NetworkDefinition = Omit<
  LibvirtNetwork,
  'source' | 'id' | 'active' | 'persistent' | 'autostart' | 'leases' | 'pending'
>

/**
 * Reads `<network>` XML (https://libvirt.org/formatnetwork.html).
 * @throws PatchbayError `protocol` when it is no network.
 */
export function parseNetwork(xml: string): NetworkDefinition {
  const network = parseXml(xml, 'network')
  const bridge = attribute(at(network, 'bridge'), 'name')
  const subnets = childrenOf(network, 'ip').flatMap(subnetOf)
  const forward = forwardMode(network)
  const kind = kindOf({ forward, bridge, addressed: subnets.length > 0 })
  return {
    // As it is written: libvirt takes spaces around a name for a part of it.
    name: at(network, 'name')?.text ?? '',
    uuid: textAt(network, 'uuid') ?? '',
    kind,
    bridge,
    links: linksOf(network),
    mode: kind === 'macvtap' ? modeOf(forward) : null,
    subnets,
    domain: attribute(at(network, 'domain'), 'name'),
    hosts: dnsHostsOf(at(network, 'dns')),
    mtu: numberIn(attribute(at(network, 'mtu'), 'size')),
    isolatedPorts: attribute(at(network, 'port'), 'isolated') === 'yes',
    ...portGroupsOf(network),
    ...virtualPortOf(network),
  }
}

function portGroupsOf(network: XmlElement): Pick<LibvirtNetwork, 'portGroups'> {
  const groups = childrenOf(network, 'portgroup').map((group): PortGroup => ({
    name: attribute(group, 'name') ?? '',
    isDefault: attribute(group, 'default') === 'yes',
    ...virtualPortOf(group),
  }))
  return groups.length === 0 ? {} : { portGroups: groups }
}

function virtualPortOf(element: XmlElement): { virtualPort?: string } {
  const type = attribute(at(element, 'virtualport'), 'type')
  return type === null ? {} : { virtualPort: type }
}

/** The static routes of a network. */
export function routesIn(xml: string): { gateway: string }[] {
  return childrenOf(parseXml(xml, 'network'), 'route').flatMap((route) => {
    const gateway = attribute(route, 'gateway')
    return gateway === null ? [] : [{ gateway }]
  })
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

const modeOf = (forward: string | null): MacvtapMode | null =>
  MACVTAP_MODES.find((mode) => mode === forward) ?? null

function numberIn(text: string | null): number | null {
  return text !== null && /^\d+$/.test(text) ? Number(text) : null
}

function forwardMode(network: XmlElement): string | null {
  const forward = at(network, 'forward')
  // A <forward> without a mode is NAT.
  return forward && (attribute(forward, 'mode') ?? 'nat')
}

/**
 * Host links that the network goes through: `<forward dev>`, and the pool of a macvtap network. A physical function stands
 * for its virtual ones, which libvirt lists beside it only while the network runs (virNetworkDefFormatBuf, network_conf.c).
 */
function linksOf(network: XmlElement): string[] {
  const forward = at(network, 'forward')
  if (!forward) return []
  const functions = childrenOf(forward, 'pf')
  const pool = functions.length > 0 ? functions : childrenOf(forward, 'interface')
  const links = [forward, ...pool].map((element) => attribute(element, 'dev'))
  return [...new Set(links.filter((link) => link !== null))]
}
