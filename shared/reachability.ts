import type { Host } from './host'
import { isHostAccess } from './macvtap'
import { servesDhcp, type Attachment, type MacvtapMode, type Network } from './world'

/** Who reaches whom through one network: the table "The networks" of the README as data. */
export interface Reachability {
  hostToMachine: 'yes' | 'no' | 'no-host-address' | 'no-macvtap' | 'by-host-access' | 'unknown'
  machineToOutside: 'directly' | 'through-nat' | 'by-routing' | 'no' | 'unknown'
  lanToMachine: 'yes' | 'by-routing' | 'no' | 'unknown'
  /** Who hands out addresses: libvirt's DHCP, the router of the LAN, or nobody. */
  addressesFrom: 'libvirt' | 'lan-router' | 'nobody' | 'unknown'
}

/** The part of the host that reachability depends on. */
export type Surroundings = Pick<Host, 'links' | 'uplink'>

const CUT_OFF: Reachability = {
  hostToMachine: 'no',
  machineToOutside: 'no',
  lanToMachine: 'no',
  addressesFrom: 'nobody',
}

const UNKNOWN: Reachability = {
  hostToMachine: 'unknown',
  machineToOutside: 'unknown',
  lanToMachine: 'unknown',
  addressesFrom: 'unknown',
}

const ON_LAN = { machineToOutside: 'directly', lanToMachine: 'yes', addressesFrom: 'lan-router' } as const

/** What a machine on this network reaches, and who reaches it. A stopped network reaches nothing. */
export function reachabilityOf(network: Network, host: Surroundings): Reachability {
  if (!network.active) return CUT_OFF
  if (network.source === 'bridge') return onHostBridge(network.name, network.onLan, host)
  const addressesFrom = network.subnets.some(servesDhcp) ? 'libvirt' : 'nobody'
  switch (network.kind) {
    case 'nat':
      return { hostToMachine: 'yes', machineToOutside: 'through-nat', lanToMachine: 'no', addressesFrom }
    case 'routed':
    case 'open':
      return {
        hostToMachine: 'yes',
        machineToOutside: 'by-routing',
        lanToMachine: 'by-routing',
        addressesFrom,
      }
    case 'isolated':
      return { ...CUT_OFF, hostToMachine: 'yes', addressesFrom }
    case 'very-isolated':
      return CUT_OFF
    case 'bridged':
      return network.bridge === null
        ? UNKNOWN
        : onHostBridge(network.bridge, isLan(network.bridge, host), host)
    case 'macvtap':
      return onMacvtap(network.links, network.mode, host)
    case 'other':
      return UNKNOWN
  }
}

/** The same for what a NIC is plugged into; null when the attachment names a network that is not there. */
export function reachabilityOfAttachment(
  attachment: Attachment,
  networks: readonly Network[],
  host: Surroundings,
): Reachability | null {
  switch (attachment.type) {
    case 'network':
      return reachabilityOfNamed(networks, 'libvirt', attachment.network, host)
    case 'bridge':
      return reachabilityOfNamed(networks, 'bridge', attachment.bridge, host)
    case 'direct':
      return onMacvtap([attachment.link], attachment.mode, host)
    case 'other':
      return UNKNOWN
  }
}

function reachabilityOfNamed(
  networks: readonly Network[],
  source: Network['source'],
  name: string,
  host: Surroundings,
): Reachability | null {
  const network = networks.find((candidate) => candidate.source === source && candidate.name === name)
  return network === undefined ? null : reachabilityOf(network, host)
}

/** On a bridge without the uplink the host is met only at an address of its own, and nothing leads outside. */
function onHostBridge(bridge: string, onLan: boolean, host: Surroundings): Reachability {
  const link = host.links.find((candidate) => candidate.name === bridge)
  const hasAddress = link?.addresses.some((address) => address.origin !== 'link-local') ?? false
  const hostToMachine = hasAddress || onLan ? 'yes' : 'no-host-address'
  return onLan ? { ...ON_LAN, hostToMachine } : { ...CUT_OFF, hostToMachine }
}

/**
 * The kernel passes nothing between a macvtap device and the link below it (Linux, macvlan); a macvlan of the host's own
 * leads around that, to the machines that it has routes to.
 */
function onMacvtap(links: readonly string[], mode: MacvtapMode | null, host: Surroundings): Reachability {
  const hasAccess = mode === 'bridge' && host.links.some((link) => isHostAccess(link, links))
  const hostToMachine = hasAccess ? 'by-host-access' : 'no-macvtap'
  return { ...(links.some((link) => isLan(link, host)) ? ON_LAN : UNKNOWN), hostToMachine }
}

const isLan = (link: string, { uplink }: Surroundings): boolean =>
  uplink !== null && (link === uplink.link || link === uplink.nic || link === uplink.bridge)
