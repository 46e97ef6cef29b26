import { isLanLink } from '../../shared/reach/around'
import {
  addressesFrom,
  attachmentTo,
  reachAt,
  type MachineReach,
  type Reachability,
} from '../../shared/reach/table'
import {
  attachmentOf,
  networkIdOf,
  type Attachment,
  type Machine,
  type Network,
  type NetworkKind,
  type World,
} from '../../shared/world/world'

/** An attachment that Patchbay can make. */
export type Pluggable = Exclude<Attachment, { type: 'other' }>

/** Somewhere a cable can be plugged in: a network, or a host link shared by macvtap. */
export interface Place {
  /** The same key as `networkIdOf` gives for the attachment. */
  id: string
  name: string
  kind: NetworkKind
  attachment: Pluggable
  /** Null for a host link, which nobody keeps as a network. */
  network: Network | null
  /** The bridge that the uplink is a port of. */
  isLan: boolean
  active: boolean
  /** Of a machine that is plugged in there. */
  reach: MachineReach
  addressesFrom: Reachability['addressesFrom']
  /** What its own cable leads to. */
  leadsTo: 'router' | 'host' | null
}

type Picture = Pick<World, 'host' | 'networks' | 'machines'>

/** Every place of the World: the LAN first, then libvirt's networks, other bridges, and macvtap links in use. */
export function placesOf(world: Picture): Place[] {
  const networks = world.networks.map((network) => placeOfNetwork(network, world))
  return [...networks, ...macvtapPlaces(world)].sort((a, b) => rank(a) - rank(b))
}

const rank = (place: Place): number => {
  if (place.isLan) return 0
  if (place.network === null) return 3
  return place.network.source === 'libvirt' ? 1 : 2
}

function placeOfNetwork(network: Network, world: Picture): Place {
  return placeAt(attachmentTo(network), network, world)
}

function macvtapPlaces(world: Picture): Place[] {
  const places = new Map<string, Place>()
  for (const { live, saved } of world.machines.flatMap(({ nics }) => nics)) {
    for (const attachment of [live, saved]) {
      const id = attachment === null ? null : networkIdOf(attachment)
      if (attachment?.type !== 'direct' || id === null || places.has(id)) continue
      // Without the virtual port, which is that machine's alone.
      const { type, link, mode } = attachment
      places.set(id, placeAt({ type, link, mode }, null, world))
    }
  }
  return [...places.values()]
}

function placeAt(attachment: Pluggable, network: Network | null, world: Picture): Place {
  const reach = reachAt(attachment, world)
  return {
    id: network?.id ?? networkIdOf(attachment) ?? '',
    name: network?.name ?? (attachment.type === 'direct' ? attachment.link : ''),
    kind: network?.kind ?? 'macvtap',
    attachment,
    network,
    isLan: network?.source === 'bridge' && network.onLan === true,
    active: network?.active ?? true,
    reach,
    addressesFrom: addressesFrom(attachment, world),
    leadsTo: isOnWire(attachment, network, world) ? 'router' : isWithHost(reach) ? 'host' : null,
  }
}

/** Whether its frames come out at the uplink, cable or no cable. */
function isOnWire(attachment: Pluggable, network: Network | null, { host, networks }: Picture): boolean {
  const links = attachment.type === 'direct' ? [attachment.link] : linksBelow(network)
  return links.some((name) => isLanLink(name, { host, networks }))
}

function linksBelow(network: Network | null): readonly string[] {
  if (network === null) return []
  if (network.source === 'bridge') return [network.name]
  if (network.kind === 'macvtap') return network.links
  return network.kind === 'bridged' && network.bridge !== null ? [network.bridge] : []
}

/** The host has an address there, whoever else has one. */
const isWithHost = ({ hostToMachine: { answer, reason } }: MachineReach): boolean =>
  answer === 'yes' || reason.code === 'no-dhcp'

/** The machines with a cable in a place now (live, or saved for a stopped machine). */
export function pluggedInto(placeId: string, machines: readonly Machine[]): readonly Machine[] {
  return machines.filter((machine) =>
    machine.nics.some((nic) => {
      const attachment = attachmentOf(nic)
      return attachment !== null && networkIdOf(attachment) === placeId
    }),
  )
}

/** The machines that would miss a place: plugged in now, or from their next start. */
export const usersOf = (placeId: string, machines: readonly Machine[]): readonly Machine[] =>
  machines.filter(({ nics }) =>
    nics.some(({ live, saved }) =>
      [live, saved].some((attachment) => attachment !== null && networkIdOf(attachment) === placeId),
    ),
  )
